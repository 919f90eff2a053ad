"""The privacy guard, over a labelled table of what workers write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.privacy import personal_details

SOCIAL = "a social security number"
BIRTH = "a birth date"
PHONE = "a phone number"
EMAIL = "an e-mail address"
STREET = "a street address"

REFUSED = [
    ("123-45-6789", SOCIAL, "123-45-6789"),
    ("ssn 123-45-6789.", SOCIAL, "123-45-6789"),
    ("SSN123-45-6789", SOCIAL, "123-45-6789"),
    ("child's number is 123 45 6789", SOCIAL, "123 45 6789"),
    ("123.45.6789", SOCIAL, "123.45.6789"),
    ("123–45–6789", SOCIAL, "123–45–6789"),
    ("123 - 45 - 6789", SOCIAL, "123 - 45 - 6789"),
    ("see 123456789 for mom", SOCIAL, "123456789"),
    ("social security number 123456789", SOCIAL, "social security number 123456789"),
    ("SSN: 987654321", SOCIAL, "SSN: 987654321"),
    ("SS# 123456789", SOCIAL, "SS# 123456789"),
    ("ssn ends in 6789", SOCIAL, "ssn ends in 6789"),
    ("SSN xxx-xx-6789", SOCIAL, "SSN xxx-xx-6789"),
    ("last four of her social are 6789", SOCIAL, "last four of her social are 6789"),
    ("social security ending in 6789", SOCIAL, "social security ending in 6789"),
    ("born 3/4/2015", BIRTH, "born 3/4/2015"),
    ("Born on March 3, 2015", BIRTH, "Born on March 3, 2015"),
    ("child 1 was born on the 3rd of March 2015", BIRTH, "born on the 3rd of March 2015"),
    ("born 3 Mar 2015", BIRTH, "born 3 Mar 2015"),
    ("born 03MAR2015", BIRTH, "born 03MAR2015"),
    ("born in March 2015", BIRTH, "born in March 2015"),
    ("born March 3rd", BIRTH, "born March 3rd"),
    ("born Sept. 3, '15", BIRTH, "born Sept. 3, '15"),
    ("DOB 03/04/15", BIRTH, "DOB 03/04/15"),
    ("DOB: 2015-03-04", BIRTH, "DOB: 2015-03-04"),
    ("dob 03042015", BIRTH, "dob 03042015"),
    ("dob 03 04 2015", BIRTH, "dob 03 04 2015"),
    ("D.O.B. 3.4.2015", BIRTH, "D.O.B. 3.4.2015"),
    ("d/o/b - 3-4-2015", BIRTH, "d/o/b - 3-4-2015"),
    ("DOB of child 1 is 3/4/2015", BIRTH, "DOB of child 1 is 3/4/2015"),
    ("date of birth 2015/03/04", BIRTH, "date of birth 2015/03/04"),
    ("birth date: 3/4/2015", BIRTH, "birth date: 3/4/2015"),
    ("Birthdate\n3/4/2015", BIRTH, "Birthdate\n3/4/2015"),
    ("her birthday is 3/4", BIRTH, "birthday is 3/4"),
    ("birthday: July 4th", BIRTH, "birthday: July 4th"),
    ("3/4/2015 (DOB)", BIRTH, "3/4/2015 (DOB"),
    ("3/4/2015 is her birthday", BIRTH, "3/4/2015 is her birthday"),
    ("on 3/4/2015 she was born", BIRTH, "3/4/2015 she was born"),
    ("(312) 555-1234", PHONE, "(312) 555-1234"),
    ("312-555-1234", PHONE, "312-555-1234"),
    ("call 312.555.1234 after 5", PHONE, "312.555.1234"),
    ("312 555 1234", PHONE, "312 555 1234"),
    ("312–555–1234", PHONE, "312–555–1234"),
    ("+1 312 555 1234", PHONE, "+1 312 555 1234"),
    ("1-800-555-1234", PHONE, "1-800-555-1234"),
    ("(312)5551234", PHONE, "(312)5551234"),
    ("mom at 3125551234", PHONE, "3125551234"),
    ("13125551234", PHONE, "13125551234"),
    ("+44 20 7946 0958", PHONE, "+44 20 7946 0958"),
    ("grandmother 555-1234", PHONE, "555-1234"),
    ("call her at 555 1234", PHONE, "call her at 555 1234"),
    ("cell: 5551234", PHONE, "cell: 5551234"),
    ("jane.doe@example.com", EMAIL, "jane.doe@example.com"),
    ("write to <j_doe+x@mail.state.il.us>!", EMAIL, "j_doe+x@mail.state.il.us"),
    ("o'neil@example.org", EMAIL, "o'neil@example.org"),
    ("jane @ example.com", EMAIL, "jane @ example.com"),
    ("jane at example dot com", EMAIL, "jane at example dot com"),
    ("jane(at)example(dot)com", EMAIL, "jane(at)example(dot)com"),
    ("josé@correo.mx", EMAIL, "josé@correo.mx"),
    ("123 Main Street", STREET, "123 Main Street"),
    ("lives at 123 main st., was at 45 n oak ave", STREET, "123 main st"),
    ("45 n oak ave", STREET, "45 n oak ave"),
    ("1200 W. Martin Luther King Dr", STREET, "1200 W. Martin Luther King Dr"),
    ("55 5th Avenue", STREET, "55 5th Avenue"),
    ("7 Elm Ct, apt 2", STREET, "7 Elm Ct"),
    ("PO Box 991", STREET, "PO Box 991"),
    ("P.O. Box #12", STREET, "P.O. Box #12"),
]

ALLOWED = [
    "",
    "Family counseling, weekly",
    "service on 10/03/2026",
    "services from 10/03/2026 to 11/03/2026",
    "Oct. 3, 2026: first session",
    "2026-10-03",
    "case 123456789",
    "case number 123456789",
    "Case No. 3125551234",
    "case #123456789 and 223456789",
    "cases 123456789, 223456789",
    "case number is 123456789",
    "provider number 312555123",
    "invoice 555-1234",
    "case 12345678901234567890",
    "number 12345",
    "$123456789",
    "$1,250.00 a month",
    "$ 312555 per year",
    "300-1000 dollars",
    "24/7 crisis line",
    "2x weekly for 12 weeks",
    "unit 4",
    "apartment deposit, unit 4B",
    "school year 2025-2026",
    "FY 2026, 2027 and 2028",
    "45 CFR 1356.21(b)(1)",
    "45 CFR 1355.44 element 43",
    "42 U.S.C. 675(5)(C)",
    "sections 475-1234 of the manual",
    "pages 100-2000",
    "Title IV-E",
    "newborn visit on 10/03/2026",
    "birth parents visit on 10/03/2026",
    "birth mother attends class 10/03/2026",
    "birth certificate fee $15",
    "born in care; services started 10/03/2026",
    "child born premature. First visit was 10/03/2026",
    "birthday party supplies 10/03/2026",
    "10/03/2026 birthday party transport",
    "child born early, 24/7 nursing",
    "the youth was born in 2015",
    "child 1, age 9",
    "ages 3, 5 and 12",
    "3 of 7 possible groups",
    "visits @ school 3.30 pm",
    "@caseworker to follow up",
    "parent aide 5 hours per week",
    "3 Family Court hearings",
    "2 visits Dr. agreed",
    "30 days in court",
    "2 blocks down the road",
    "45 minute drive each way",
    "12 weeks at the way home program",
    "look at the dot points",
    "social worker visits 1500 minutes a month",
    "Social Security benefits since 2024",
    "[/x] [bold]see note[/bold] 🙂",
    "ratio 3-2-4 staffing",
    "10-15 sessions, 45-60 minutes",
    "permanency review every 6 months (next 04/15/2026)",
    "reason: supervisor decided 10/3, goal under review",
    "bus passes 10 @ 2.50",
    "version 1.2.3.4",
    "4 x 1000 mg",
]


@pytest.mark.parametrize(("text", "kind", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_personal_detail_is_found(text: str, kind: str, words: str) -> None:
    """Each personal detail is found, named by its kind, and its words are given."""
    found = [(detail.kind, detail.words) for detail in personal_details(text)]
    assert (kind, words) in found


@pytest.mark.parametrize("text", ALLOWED)
def test_ordinary_note_passes(text: str) -> None:
    """What workers do write raises no alarm."""
    assert personal_details(text) == []


def test_every_detail_is_listed_once_in_reading_order() -> None:
    """A note with several details gets one finding for each, in the order read."""
    text = "jane@example.com, 312-555-1234, born 3/4/2015, 123-45-6789, 9 Oak Lane"
    kinds = [detail.kind for detail in personal_details(text)]
    assert kinds == [EMAIL, PHONE, BIRTH, SOCIAL, STREET]


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever is typed, the guard answers, and quotes only words that are there."""
    assert all(detail.words in text for detail in personal_details(text))


@given(before=st.text(alphabet="ab ,(\n"), after=st.text(alphabet="ab ,)\n"))
def test_details_are_found_inside_any_prose(before: str, after: str) -> None:
    """A social security number is found wherever it stands."""
    found = personal_details(f"{before}123-45-6789{after}")
    assert [detail.kind for detail in found] == [SOCIAL]
