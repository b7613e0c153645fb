"""Names made of words: each is an identifier, and none is given twice."""

from pricing_rules.targets.names import Names


def test_words_become_a_name_in_pascal_case():
    assert Names().of("Kling V2.1 Pro image to video") == "KlingV21ProImageToVideo"


def test_a_name_that_is_given_or_taken_gets_a_number():
    names = Names(["Quote"])
    assert [names.of(words) for words in ("quote", "reel one", "Reel One", "reel, one")] == [
        "Quote2",
        "ReelOne",
        "ReelOne2",
        "ReelOne3",
    ]


def test_words_without_a_usable_character_or_with_a_digit_first_become_a_shape():
    assert [Names().of(words) for words in ("é", "", "2 by 3")] == ["Shape", "Shape", "Shape2By3"]


def test_what_is_done_becomes_a_name_in_camel_case():
    names = Names()
    assert [names.call("Generate image", "post image"), names.call("Generate image", "x")] == [
        "generateImage",
        "generateImage2",
    ]
    assert [names.call("作成", "post image"), names.call("作成", ""), names.call("3 clips", "")] == [
        "postImage",
        "call",
        "call3Clips",
    ]
