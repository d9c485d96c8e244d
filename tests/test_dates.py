"""Dates and periods: as precise as the text, counted from the publication date where they are relative."""

from __future__ import annotations

from datetime import date

import pytest
from texts import article

from kg.text.doc import parse

PUBLISHED = date(2025, 8, 22)  # a Friday


def dates(text: str) -> list[str]:
    doc = parse(article(f"Қозоғистон ва Қирғизистон ўртасида\n{text}", PUBLISHED))
    return [str(item.when) if item.when else "open" for item in doc.dates]


@pytest.mark.parametrize(("text", "expected"), [
    ("2025 йил 22 август куни", "2025-08-22"),
    ("22 август 2025 йилда", "2025-08-22"),
    ("2024-йил 5-июнда", "2024-06-05"),
    ("22.08.2025", "2025-08-22"),
    ("2025-08-22", "2025-08-22"),
    ("22 август куни", "2025-08-22"),
    ("21-22 август кунлари", "2025-08-21/2025-08-22"),
    ("декабрь ойида", "2024-12"),
    ("октябрь ойида", "2025-10"),
    ("2024 йилда", "2024"),
    ("2030 йилгача", "2030"),
    ("бугун", "2025-08-22"),
    ("кеча", "2025-08-21"),
    ("эртага", "2025-08-23"),
    ("ўтган йили", "2024"),
    ("жорий йилда", "2025"),
    ("ўтган ойда", "2025-07"),
    ("чоршанба куни", "2025-08-20"),
    ("жума куни", "2025-08-22"),
    ("шу ҳафтада", "open"),
    ("2025 йилнинг биринчи ярмида", "2025-01/2025-06"),
    ("2025 йилнинг дастлабки 7 ойида", "2025-01/2025-07"),
    ("2024 йилнинг биринчи чорагида", "2024-01/2024-03"),
    ("2025 йил январь-июль ойларида", "2025-01/2025-07"),
    ("2022-2024 йилларда", "2022/2024"),
])
def test_a_date_has_the_precision_of_the_text(text: str, expected: str) -> None:
    assert dates(f"Бу {text} маълум бўлди.") == [expected]


@pytest.mark.parametrize("text", ["2000 тонна", "2025 киши"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [item for item in dates(f"Бу {text} ҳақида.") if item.startswith("20")] == []
