"""The service requests that cities publish, each under its own header: rows of our own in it."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.seed.reading import appeals, opened


class City(NamedTuple):
    """A published header, a closed and an open row under it, and what the closed one says."""

    header: str
    closed: dict[str, str]
    open: dict[str, str]
    zone: str
    received: str
    ended: str | None
    said: tuple[str | None, str, str | None, str | None]


CITIES = {
    "nyc": City(
        "Unique Key,Created Date,Closed Date,Agency,Agency Name,Complaint Type,Descriptor,"
        "Location Type,Incident Zip,Incident Address,Street Name,Cross Street 1,Cross Street 2,"
        "Intersection Street 1,Intersection Street 2,Address Type,City,Landmark,Facility Type,"
        "Status,Due Date,Resolution Description,Resolution Action Updated Date,Community Board,"
        "BBL,Borough,X Coordinate (State Plane),Y Coordinate (State Plane),"
        "Open Data Channel Type,Park Facility Name,Park Borough,Vehicle Type,"
        "Taxi Company Borough,Taxi Pick Up Location,Bridge Highway Name,"
        "Bridge Highway Direction,Road Ramp,Bridge Highway Segment,Latitude,Longitude,Location",
        {
            "Unique Key": "66000001",
            "Created Date": "11/02/2026 03:15:00 PM",
            "Closed Date": "11/04/2026 12:05:00 AM",
            "Agency Name": "Department of Sanitation",
            "Complaint Type": "Missed Collection",
            "Descriptor": "Trash",
            "Status": "Closed",
            "Resolution Description": "The block was collected.",
            "Borough": "QUEENS",
            "Open Data Channel Type": "PHONE",
        },
        {
            "Unique Key": "66000002",
            "Created Date": "11/20/2026 03:15:00 AM",
            "Complaint Type": "Noise",
            "Status": "In Progress",
        },
        "America/New_York",
        "2026-11-02 15:15",
        "2026-11-04 00:05",
        ("66000001", "Missed Collection", "Department of Sanitation", "已解决"),
    ),
    "chicago": City(
        "SR_NUMBER,SR_TYPE,SR_SHORT_CODE,CREATED_DEPARTMENT,OWNER_DEPARTMENT,STATUS,ORIGIN,"
        "CREATED_DATE,LAST_MODIFIED_DATE,CLOSED_DATE,STREET_ADDRESS,CITY,STATE,ZIP_CODE,"
        "STREET_NUMBER,STREET_DIRECTION,STREET_NAME,STREET_TYPE,DUPLICATE,LEGACY_RECORD,"
        "LEGACY_SR_NUMBER,PARENT_SR_NUMBER,COMMUNITY_AREA,WARD,ELECTRICAL_DISTRICT,"
        "ELECTRICITY_GRID,POLICE_SECTOR,POLICE_DISTRICT,POLICE_BEAT,PRECINCT,"
        "SANITATION_DIVISION_DAYS,CREATED_HOUR,CREATED_DAY_OF_WEEK,CREATED_MONTH,X_COORDINATE,"
        "Y_COORDINATE,LATITUDE,LONGITUDE,LOCATION",
        {
            "SR_NUMBER": "SR26-00000001",
            "SR_TYPE": "Rodent Baiting",
            "OWNER_DEPARTMENT": "Streets and Sanitation",
            "STATUS": "Completed",
            "ORIGIN": "Mobile Device",
            "CREATED_DATE": "11/13/2026 08:00:00 AM",
            "LAST_MODIFIED_DATE": "11/16/2026 09:00:00 AM",
            "CLOSED_DATE": "11/16/2026 09:00:00 AM",
        },
        {
            "SR_NUMBER": "SR26-00000002",
            "SR_TYPE": "Pothole",
            "STATUS": "Open",
            "CREATED_DATE": "11/14/2026 08:00:00 AM",
        },
        "America/Chicago",
        "2026-11-13 08:00",
        "2026-11-16 09:00",
        ("SR26-00000001", "Rodent Baiting", "Streets and Sanitation", "已解决"),
    ),
    "sf": City(
        "CaseID,Opened,Closed,Updated,Status,Status Notes,Responsible Agency,Category,"
        "Request Type,Request Details,Address,Street,Supervisor District,Neighborhood,"
        "Police District,Latitude,Longitude,Point,Source,Media URL",
        {
            "CaseID": "101000001",
            "Opened": "11/13/2026 11:45:00 PM",
            "Closed": "11/14/2026 07:30:00 AM",
            "Updated": "11/14/2026 07:30:00 AM",
            "Status": "Closed",
            "Status Notes": "Case is a Duplicate",
            "Responsible Agency": "Recology",
            "Category": "Street and Sidewalk Cleaning",
            "Request Type": "Bulky Items",
            "Request Details": "Mattress",
            "Source": "Mobile/Open311",
        },
        {
            "CaseID": "101000002",
            "Opened": "11/14/2026 11:45:00 AM",
            "Status": "Open",
            "Request Type": "Graffiti",
        },
        "America/Los_Angeles",
        "2026-11-13 23:45",
        "2026-11-14 07:30",
        ("101000001", "Bulky Items", "Recology", "解释说明"),
    ),
    "philadelphia": City(
        "objectid,service_request_id,subject,status,status_notes,service_name,service_code,"
        "agency_responsible,service_notice,requested_datetime,updated_datetime,"
        "expected_datetime,closed_datetime,address,zipcode,media_url,lat,lon",
        {
            "service_request_id": "17000001",
            "subject": "Illegal Dumping",
            "status": "Closed",
            "service_name": "Illegal Dumping",
            "agency_responsible": "Streets Department",
            "service_notice": "5 Business Days",
            "requested_datetime": "2026-11-02 10:00:00",
            "updated_datetime": "2026-11-05 10:00:00",
            "expected_datetime": "2026-11-09 19:00:00",
            "closed_datetime": "2026-11-05 10:00:00",
        },
        {
            "service_request_id": "17000002",
            "status": "Open",
            "service_name": "Street Defect",
            "requested_datetime": "2026-11-03 10:00:00",
            "updated_datetime": "2026-11-04 10:00:00",
        },
        "America/New_York",
        "2026-11-02 10:00",
        "2026-11-05 10:00",
        ("17000001", "Illegal Dumping", "Streets Department", "已解决"),
    ),
    "toronto": City(
        "Creation Date,Status,First 3 Chars of Postal Code,Intersection Street 1,"
        "Intersection Street 2,Ward,Service Request Type,Division,Section",
        {
            "Creation Date": "2026-11-02 07:10:00",
            "Status": "Completed",
            "Ward": "Davenport (09)",
            "Service Request Type": "Residential Bin Repair",
            "Division": "Solid Waste Management Services",
            "Section": "Collections",
        },
        {
            "Creation Date": "2026-11-02 07:10:00",
            "Status": "In Progress",
            "Service Request Type": "Pothole",
            "Division": "Transportation Services",
        },
        "America/Toronto",
        "2026-11-02 07:10",
        None,
        (None, "Residential Bin Repair", "Solid Waste Management Services", "已解决"),
    ),
    "fixmystreet": City(
        "Report ID,Title,Detail,User Name,Category,Created,Confirmed,Acknowledged,Fixed,Closed,"
        "Status,Latitude,Longitude,Query,Ward,Easting,Northing,Report URL,Device Type,Site Used,"
        "Reported As",
        {
            "Report ID": "5000001",
            "Title": "Broken paving",
            "Detail": "Slab lifted by a root",
            "User Name": "(anonymous)",
            "Category": "Pavements",
            "Created": "2026-10-20T09:59:00",
            "Confirmed": "2026-10-20T10:00:00",
            "Acknowledged": "2026-10-21T09:00:00",
            "Fixed": "2026-10-23T16:00:00",
            "Status": "fixed - council",
        },
        {
            "Report ID": "5000002",
            "Title": "Graffiti",
            "Confirmed": "2026-10-26T10:00:00",
            "Status": "investigating",
        },
        "Europe/London",
        "2026-10-20 10:00",
        "2026-10-23 16:00",
        ("5000001", "Broken paving", None, "已解决"),
    ),
}


@pytest.mark.parametrize("name", CITIES)
def test_a_city_is_known_by_its_header_and_read_in_its_own_time(tmp_path: Path, name: str) -> None:
    city = CITIES[name]
    header = next(csv.reader([city.header]))
    assert not {*city.closed, *city.open} - {*header}
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header).writeheader()
        csv.DictWriter(file, header).writerows([city.closed, city.open])
    reading = opened(path)
    assert (reading.profile, reading.unknown_columns) == (name, ())
    assert reading.analysis == (name == "toronto")
    done, waiting = appeals(reading)
    zone = ZoneInfo(city.zone)

    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=zone)

    assert done.received_at == local(city.received)
    assert done.closed_at == (local(city.ended) if city.ended else None)
    assert (done.external_id, done.title, done.unit, done.outcome) == city.said
    assert done.reporter is None
    assert (waiting.closed_at, waiting.outcome) == (None, None)
    assert waiting.title and waiting.received_at
