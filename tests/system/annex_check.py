"""Checks files against the structure of Annex I of Implementing Regulation (EU) 2024/2835, of which the server's code knows nothing here:
RFC 4180 in UTF-8, the eleven parts, their columns, lines and indicators, and that what adds up in the template adds up."""

import csv
import re

# Each part: its columns, and its lines where the template has a fixed number, the heading among them.
PARTS = {
    "1_report_identification.csv": (4, 6), "2_categories_names.csv": (4, 101), "3_member_states_orders.csv": (20, 1 + 28 * 91),
    "4_notices.csv": (25, 92), "5_own_initiative_illegal.csv": (37, 91), "6_own_initiative_TC.csv": (37, 99),
    "7_appeals_and_recidivism.csv": (8, None), "8_automated_means.csv": (8, None), "9_human_resources.csv": (8, None),
    "10_AMAR.csv": (7, 2), "11_qualitative.csv": (5, None),
}
STATES = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
          "PL", "PT", "RO", "SE", "SI", "SK"}
# Of parts 3 to 6: which columns are numbers; behind each part of them stands the contextual information.
NUMBERS = {"3_member_states_orders.csv": 6, "4_notices.csv": 5, "5_own_initiative_illegal.csv": 5, "6_own_initiative_TC.csv": 5}


def read(path):
    """As RFC 4180 has it: every line ends with CRLF, quotes only around what needs them."""
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff") and text.endswith("\r\n"), path
    assert "\r" not in text.replace("\r\n", "") and "\x00" not in text, path
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, strict=True))


def number(value):
    return value == "" or re.fullmatch(r"\d+(\.\d+)?", value)


def check(folder):
    """The parts, by their names; fails where one is not as the regulation has it."""
    assert {path.name for path in folder.iterdir()} == set(PARTS)
    parts = {name: read(folder / name) for name in PARTS}
    for name, (columns, lines) in PARTS.items():
        assert {len(line) for line in parts[name]} == {columns}, name
        assert lines is None or len(parts[name]) == lines, (name, len(parts[name]))
    periods = set()
    for name, lines in parts.items():
        head, *rest = lines
        assert len(set(head)) == len(head) or name.startswith("3_"), name
        if "Reporting period" in head:
            periods |= {line[head.index("Reporting period")] for line in rest}
        assert len({line[1] for line in rest}) == 1 or name.startswith("2_"), (name, "one service")
    assert len(periods) == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", periods.pop())

    for name, first in NUMBERS.items():
        head, *rest = parts[name]
        context = next(i for i, title in enumerate(head) if title.lower().startswith("contextual"))
        for line in rest:
            assert all(number(value) for value in line[first:context]), (name, line)
            # What is empty says why.
            if "" in line[first:context]:
                assert any(line[context:]), (name, line)
    for name in ("7_appeals_and_recidivism.csv", "8_automated_means.csv", "9_human_resources.csv"):
        assert parts[name][0][3:7] == ["Section", "Indicator", "Scope", "Value"], parts[name][0]
        for line in parts[name][1:]:
            assert number(line[6]) and (line[6] != "" or line[7] != ""), (name, line)
    assert {line[5] for line in parts["3_member_states_orders.csv"][1:]} == STATES | {"TOTAL"}

    # A total is what its categories add up to, and of orders no less than those of the member states.
    orders = parts["3_member_states_orders.csv"][1:]
    total = {line[3]: line[6] for line in orders if line[5] == "TOTAL"}
    for code, value in total.items():
        states = [line[6] for line in orders if line[3] == code and line[5] != "TOTAL"]
        assert value == "" or "" in states or sum(map(int, states)) <= int(value), code
    for name in ("4_notices.csv", "6_own_initiative_TC.csv"):
        head, *rest = parts[name]
        [total] = [line for line in rest if line[3] == "TOTAL"]
        context = next(i for i, title in enumerate(head) if title.lower().startswith("contextual"))
        for column in range(NUMBERS[name], context):
            if "median" in head[column].lower():
                continue
            categories = [line[column] for line in rest if line[3].startswith("STATEMENT_CATEGORY_")]
            assert total[column] == "" or "" in categories or sum(map(int, categories)) == int(total[column]), (name, head[column])
    return parts
