"""What an audit must say of each log in this folder: its rows, and the totals, added up by hand."""

from collections.abc import Mapping

from attrs import field, frozen

from usage import aivideoapi, gptimage2api, gptimage2api_more, parquet
from usage.judgement import Row


@frozen
class Log:
    """A log and what an audit must say of it; amounts are credits.

    Attributes:
        name: of the file.
        service: whose log it is.
        rows: judgement by row, in the order of the file.
        charged: sum over the judged rows.
        counts: rows by kind of finding.
        owed: credits that customers are owed, and on how many tasks.
        lost: credits that the service lost, and on how many tasks.
        malformed: rows by reason.
        filtered: rows by reason.
        exit_code: of an audit without options.
        pending_refunds: pending rows that were refunded.
    """

    name: str
    service: str
    rows: tuple[Row, ...]
    charged: str
    counts: Mapping[str, int] = field(factory=dict)
    owed: tuple[str, int] = ("0", 0)
    lost: tuple[str, int] = ("0", 0)
    malformed: Mapping[str, int] = field(factory=dict)
    filtered: Mapping[str, int] = field(factory=dict)
    exit_code: int = 1
    pending_refunds: int = 0


# What a row adds to the balance of its customer: on a completed task, charged less expected (where several prices fit,
# what is beyond all of them) less refunded; on a failed one, charged less refunded, whatever it should have cost;
# on a pending one, or one whose status is not known, nothing. A row that a copy repeats adds it once.

GPTIMAGE2API = (
    Log(
        "gptimage2api-snapshots.jsonl",
        "gptimage2api",
        gptimage2api.SNAPSHOTS,
        # a01-a10: 3 12 4 33 2 3 6 7 80 20 = 170; a11-a20: 12 30 11 42 67 8 12 16 31 13 = 242 (412);
        # a21-a30: 48 12 0 9 60 9 5 9 89 88 = 329 (741); a31-a40: 54 27 63 63 3 3 9 9 5 3 = 239 (980); 9 10 63 = 82
        charged="1062",
        counts={
            "overcharged": 3,  # a04 a19 a26
            "undercharged": 3,  # a05 a22 a25
            "off_tariff": 5,  # a03 a08 a12 a17 a30
            "unknown_model": 3,  # a35 a36 a42
            "unknown_status": 3,  # a33 a34 a43
            "missing_refund": 3,  # a15 a27 a36
            "refund_without_failure": 2,  # a18 a42
            "invalid_request": 3,  # a37 a39 a40
        },
        owed=("79", 4),  # a15 67, a26 4, a27 5, a36 3; not a04, a19: beyond several prices
        lost=("29", 3),  # a18 16, a25 3, a42 10; not a05, a22: below several prices
        pending_refunds=1,  # a32
    ),
    Log(
        "gptimage2api-cells.csv",
        "gptimage2api",
        gptimage2api_more.CELLS,
        # images 3 3 4 6 8 12 20 = 56; kling 11 22 21 42 67 134 = 297; sora 88 + 280 + 88 = 456;
        # hailuo 34 + 72 + 34 + 72 = 212; veo 9 63 5 = 77; wan 447 + 447 = 894; seedance 18 36 27 54 = 135
        charged="2127",
        exit_code=0,
    ),
    Log(
        "gptimage2api-requests.jsonl",
        "gptimage2api",
        gptimage2api.REQUESTS,
        # c01-c10: 3 12 3 3 33 0 3 18 3 4 = 82; c11-c20: 6 18 4 4 12 20 12 41 3 3 = 123 (205);
        # c21-c30: 11 11 11 11 11 21 30 42 67 67 = 282 (487); c31-c40: 22 30 30 5 15 48 24 50 10 10 = 244 (731);
        # c41-c50: 21 24 13 0 9 9 9 63 5 63 = 216 (947); c51-c60: 441 445 88 90 18 40 36 36 3 3 = 1200 (2147);
        # c61-c65: 5 2 5 9 20 = 41
        charged="2188",
        counts={
            "overcharged": 4,  # c18 c38 c52 c65
            "undercharged": 3,  # c03 c29 c53
            "off_tariff": 3,  # c27 c37 c56
            "unpriced": 15,  # c05 c06 c13 c14 c15 c20 c26 c31 c35 c42 c43 c49 c50 c55 c60
            "unknown_model": 1,  # c64
            "missing_refund": 2,  # c40 c57
            "repeated_refund": 2,  # c33 c34
            "refund_without_failure": 1,  # c54
            "invalid_request": 28,  # the unpriced ones; c07 c09 c17 c19 c22-c25 c30 c41 c46-c48 = 13
        },
        owed=("53", 5),  # c18 1, c38 2, c40 10, c52 4, c57 36; c65 was given back whole
        lost=("207", 6),  # c03 9, c29 67, c33 30, c34 10, c53 1, c54 90
        pending_refunds=1,  # c58
    ),
    Log(
        "gptimage2api-amounts.csv",
        "gptimage2api",
        gptimage2api_more.AMOUNTS,
        charged="525.5",  # 63 x 8 = 504 (w01-w04 w06-w08 w11), 0, 5, 9, 7.5; w09 and w14 are malformed
        counts={
            "overcharged": 1,  # w13
            "undercharged": 1,  # w12
            "missing_refund": 2,  # w06 w11
            "repeated_refund": 3,  # w02 w10 w12
            "wrong_refund": 3,  # w03 w04 w05
            "refund_without_failure": 1,  # w07
            "malformed": 2,
        },
        owed=("129", 3),  # w03 3, w06 63, w11 63
        lost=("152.5", 6),  # w02 63, w04 7, w05 63, w07 0.5, w10 10, w12 9
        malformed={"credits_refunded": 1, "credits_used": 1},
        pending_refunds=1,  # w08
    ),
    Log(
        "gptimage2api-odd.jsonl",
        "gptimage2api",
        gptimage2api_more.ODD,
        charged="1000000134",  # 5 x 9 = 45 (o01 o24 o25 o31 o34 o35 o37 o38 o39), o36 89, o13 1,000,000,000
        counts={"overcharged": 1, "malformed": 27},
        owed=("999999995", 1),  # o13
        malformed={
            "line": 3,  # o02-o04
            "task_id": 3,  # o05-o07
            "credits_used": 9,  # o08-o12 o14 o15 o32 o33
            "credits_refunded": 2,  # o16 o17
            "duration": 2,  # o18 o19
            "outputs": 1,  # o20
            "created_at": 4,  # o21-o23 o26
            "updated_at": 1,  # o27
            "refund_count": 2,  # o28 o29
        },
        filtered={"service": 1},  # o30
    ),
    Log(
        "gptimage2api-tasks.jsonl",
        "gptimage2api",
        gptimage2api_more.TASKS,
        charged="136",  # 10 (t01) 27 10 10 10 14 10 10 10 15 10 (t11): every row that was read
        counts={
            "overcharged": 4,  # three rows of t02, one of t06
            "duplicate_task": 5,  # t01 1, t02 2, t09 1, t11 1
            "conflicting_task": 4,  # t05 t06 t07 t08
        },
        owed=("4", 1),  # t02 once: extra rows are never added to what is owed
    ),
)

AIVIDEOAPI = (
    Log(
        "aivideoapi-snapshots.jsonl",
        "aivideoapi",
        aivideoapi.SNAPSHOTS,
        charged="0",  # nothing tells it
        counts={"unknown_status": 3, "unknown_model": 1, "malformed": 2},  # f05 f06 f10; f07; f08 f09
        malformed={"created_at": 1, "task_id": 1},
    ),
    Log(
        "aivideoapi-requests.jsonl",
        "aivideoapi",
        aivideoapi.REQUESTS,
        # g01-g10: 2.4 4.8 7.2 7.2 7.2 7.2 2.4 7.2 2.4 2.4 = 50.4; g11-g20: 2.4 2.5 2 4.8 2.4 2.4 2.4 4.8 2.4 2.4 = 28.5
        # (78.9); g21-g29: 0 0 2.4 1 2.4 2.4 7.2 7.2 2.4 = 25
        charged="103.9",
        counts={
            "overcharged": 2,  # g12 g28
            "undercharged": 1,  # g13
            "unpriced": 1,  # g08
            "unknown_model": 1,  # g24
            "unknown_status": 1,  # g23
            "missing_refund": 1,  # g16
            "repeated_refund": 2,  # g17 g29
            "wrong_refund": 2,  # g18 g22
            "refund_without_failure": 1,  # g19
            "invalid_request": 8,  # g04-g09 g11 g26
        },
        owed=("7.3", 4),  # g12 0.1, g16 2.4, g18 2.4, g28 2.4
        lost=("12.4", 5),  # g13 0.4, g17 2.4, g19 2.4, g22 2.4, g29 4.8
        pending_refunds=1,  # g20
    ),
    Log(
        "aivideoapi-requests.csv",
        "aivideoapi",
        aivideoapi.TABLE,
        charged="33.6",  # 2.4 4.8 7.2 2.4 4.8 2.4 7.2 2.4
        counts={"invalid_request": 1},  # h07
    ),
    Log(
        "aivideoapi-odd.jsonl",
        "aivideoapi",
        aivideoapi.ODD,
        charged="21.6",  # 2.4 x 9: i06, two each of i12 i13 i14, i15, i16
        counts={"malformed": 9, "duplicate_task": 1, "conflicting_task": 1},  # i13; i14
        malformed={"line": 1, "task_id": 1, "credits_used": 2, "created_at": 2, "credits_refunded": 2, "updated_at": 1},
        filtered={"service": 1},  # i10
    ),
)

PARQUET = (
    Log(
        "gptimage2api.parquet",
        "gptimage2api",
        parquet.GPTIMAGE2API,
        charged="292",  # 6 11 133 64 30 48
        counts={"invalid_request": 1, "overcharged": 1, "off_tariff": 1, "missing_refund": 1, "malformed": 1},
        owed=("49", 2),  # p4 1, p6 48
        malformed={"task_id": 1},
    ),
    Log(
        "aivideoapi.parquet",
        "aivideoapi",
        parquet.AIVIDEOAPI,
        charged="26.4",  # 7.2 2.4 2.4 2.4 4.8 7.2
        counts={"undercharged": 1, "missing_refund": 1, "invalid_request": 1},
        owed=("4.8", 1),  # q5
        lost=("2.4", 1),  # q3
    ),
)
TABLES = {"gptimage2api.parquet": parquet.GPTIMAGE2API_TABLE, "aivideoapi.parquet": parquet.AIVIDEOAPI_TABLE}

# gptimage2api-odd.jsonl from 2026-11-01T00:00:00Z, before 2026-11-10T00:00:00Z, of account ann
PERIOD = {
    # o30; o25; o24 o38; o34; o31 o36 o37
    "filtered": {"service": 1, "since": 1, "until": 2, "undated": 1, "account": 3},
    "judged": {"tsk_o01", "tsk_o13", "tsk_o35", "tsk_o39"},
    "charged": "1000000015",
}
# gptimage2api-tasks.jsonl with history: without the rows before the last of t03, t04 and t10
HISTORY = {"filtered": {"history": 4}, "judged": 20, "charged": "116"}  # 136 - 5 - 5 - 10
# gptimage2api-cells.csv: 24 cells are printed for their tier, the 34 of sora, wan and seedance are read from ratios
BASIS = {"documented": "642", "inferred": "1485"}  # 56 + 297 + 212 + 77; 456 + 894 + 135
