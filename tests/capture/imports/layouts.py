"""Files in the layouts that the programme knows, small and invented: organisations and projects do not exist.

Headers and traits are those of the real files (encoding, wrapped cells, doubled headers, blanks, signs).
"""

from __future__ import annotations

import zipfile
from io import BytesIO

OLD_CATALOGUE = (
    "FKZ;Ressort;Referat;PT;Arb.-Einh.;Zuwendungsempfänger;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;"
    "Ausführende Stelle;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;Thema;Leistungsplansystematik;"
    "Klartext Leistungsplansystematik;Laufzeit von;Laufzeit bis;Fördersumme in EUR;Förderprofil;Verbundprojekt;"
    "Förderart"
)
NEW_CATALOGUE = (
    OLD_CATALOGUE.replace(";PT;", ";Administrierende Stelle;")
    .replace("Zuwendungsempfänger", "Förderempfänger /Auftragnehmer")
    .replace(";Thema;", ";Thema des geförderten Vorhabens;")
    .replace("Fördersumme in EUR", "Förder- / Auftragssumme (Anteil des Bundes) in EUR")
    .replace(";Verbundprojekt;", ";Projekt;")
)
_HENNIGSDORF = ("12065136", "Hennigsdorf, Stadt", "Hennigsdorf", "Brandenburg", "Deutschland")
_BERLIN = ("11000000", "Berlin, Stadt", "Berlin", "Berlin", "Deutschland")
_LYON = ("", "", "Lyon", "nicht zugeordnet", "Frankreich")


_JOINT = "Leichte Bleche - LEIBLE"


def _grant(number: str, seat: tuple[str, ...], names: str, theme: str, **more: str) -> list[str]:
    """Return a row; ``names`` are the recipient's and, after a bar, that of the unit that does the work."""
    whose, _, unit = names.partition(" | ")
    given = {"from_": "01.01.2020", "to": "31.12.2020", "sum_": "1,00", "joint": "", **more}
    return [
        number, "BMX", "123", "PT-X", "X1", whose, *seat, unit or whose, *seat, theme, "AB1234", "Werkstoffe",
        given["from_"], given["to"], given["sum_"], "Technologieförderung", given["joint"], "PDIR",
    ]  # fmt: skip


GRANTS = [
    _grant("01XX0001A", _HENNIGSDORF, "Musterwerk Probe GmbH", "Verbundprojekt: Leichte Bleche; Teilvorhaben: Walzen",
           from_="01.03.2020", to="28.02.2023", sum_="583.639,00", joint=_JOINT),
    _grant("01XX0001B", _BERLIN, "Universität Musterstadt | Universität Musterstadt - Fakultät V - Institut für Bleche",
           'Verbundprojekt: Leichte "Bleche"; Teilvorhaben: Messen', from_="01.04.2020", to="31.03.2023",
           sum_="210.000,50", joint=_JOINT),
    _grant("01XX0001C", _BERLIN, "Forschungsverein Muster e.V. | Muster-Institut für Fügetechnik",
           "Verbundprojekt: Leichte Bleche; Teilvorhaben: Fügen", from_="01.03.2020", to="28.02.2023", sum_="0,00",
           joint=_JOINT),
    _grant("01XX0002", _HENNIGSDORF, "Allein Werkzeug AG", "Kühlung ohne Wasser", from_="15.07.2027", to="14.07.2028",
           sum_="99.000,00"),
    _grant("01XX0003", _LYON, "Lyon Métal SA", "Schmelzen mit Licht", from_="01.01.2019", to="31.12.2019"),
    _grant("01XX0004", _BERLIN, "Kasse", "Sammelvorhabenbuchung 2020"),
    _grant("01XX0005", _BERLIN, "Kasse", "Zuweisung nur zum Zweck der Auszahlung"),
]  # fmt: skip


def catalogue(header: str = OLD_CATALOGUE) -> bytes:
    """Return a list of the federal catalogue of grants: every cell wrapped, an empty column at the end."""
    lines = [header.split(";"), *GRANTS]
    return "".join("".join(f'="{cell}";' for cell in line) + "\r\n" for line in lines).encode("iso-8859-15")


BRANDENBURG = (
    "Name des Begünstigten,Bezeichnung des Vorhabens / Zusammenfassung des Vorhabens,Beginns des Vorhabens,"
    "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens  ,Unions-Kofinan-zierungssatz  pro Prioritäts-achse ,"
    "Ort des Vorhabens,Land,Bezeichnung der Interventionskategorie\n"
    '"""Muster Netz"" (MN) e.V.","Gemeinschaftsstand ""Probe 2015"" ",20.05.2014,"102.691,05 € ",80%,'
    '"Hennigsdorf, Stadt",Deutschland,066 Fortgeschrittene Unterstützungsdienste\n'
    'Musterwerk Probe GmbH ,Neue Bleche,01.02.2016,"40.000,00 € ",80%,"Cottbus, Stadt",Deutschland,'
    "064 Forschungs- und Innovationsprozesse in KMU\n"
    'Musterwerk Probe GmbH ,Neue Bleche,01.02.2016,"12.500,00 € ",80%,"Nauen, Stadt",Deutschland,'
    "064 Forschungs- und Innovationsprozesse in KMU\n"
    'Musterministerium,Öffentlichkeitsarbeit,01.01.2015,"30.000,00 € ",80%,Land Brandenburg,Deutschland,'
    "123 Information und Kommunikation\n"
).encode()
OLD_BRANDENBURG = (
    "Name des Begünstigten;Bezeichnung des Vorhabens;Jahr der Bewilligung;Jahr der Restzahlung;Gewährte Beträge;"
    "Bei Abschluss des Vorhabens gezahlte Gesamtbeträge\n"
    "Musterwerk Probe GmbH;Halle 3;2009;2012;1.250.000,00;1.240.000,00\n"
    "Allein Werkzeug AG;Halle 4;2013;;80.000,00;\n"
).encode()
BAVARIA = (
    "Name des Begünstigten / beneficiary name,Bezeichnung des Vorhabens / operation name,"
    "Zusammenfassung des Vorhabens / operation summary,Datum des Beginns des Vorhabens / operation start date,"
    "Datum des Endes des Vorhabens / operation end date,Gesamtbetrag der förderfähigen Ausgaben des Vorhabens / total "
    'eligible expenditure allocated to the operation,"Unions-Kofinanzierungssatz pro Prioritätsachse / Union '
    'co-financing rate, as per priority axis",Postleitzahl des Vorhabens / operation postcode,Land / country,'
    "Interventionsbereich / intervention field,Finanzierungsform / form of finance\n"
    'Probe Süd GmbH,Erweiterung,"Erweiterung,\nProbe Süd",27.05.2014,31.03.2015,459000,25%*,94065,'
    '"Musterkirchen , Niederbay",001 - Allgemeine produktive Investitionen,01 - Finanzhilfe\n'
    "Hochschule Süd,Transfer,Wissen für kleine Unternehmen,01.01.2016,31.12.2030,1200000,50%*,,,"
    "062 - Technologietransfer und Zusammenarbeit,01 - Finanzhilfe\n"
).encode()
BERLIN = (
    "Name des Begünstigten;Bezeichnung des Vorhabens;Zusammenfassung des Vorhabens;Datum des Beginns des Vorhabens;"
    "Datum des Endes des Vorhabens;Gesamtbetrag der förderfähigen Ausgaben des Vorhabens;"
    "Unions-Kofinanzierungs-satz pro Prioritätsachse;Postleitzahl;Land;Interventions-kategorie\n"
    "Probe Optik GmbH;Linsen;Neue Linsen;2015-03-01;2017-02-28;49534418.62;0.5;12489;Deutschland;"
    "064 Forschungs- und Innovationsprozesse in KMU\n"
    "Muster Bank;Fonds;Wagnis;2014-01-01;2023-12-31;1200000.5;0.5;10719;Deutschland;"
    "001 Allgemeine produktive Investitionen\n"
).encode()
KOHESIO = (
    "Operation_Unique_Identifier,Operation_Local_Identifier,Operation_Name_English,Operation_Name_Programme_Language,"
    "Country,Postal_Code,Operation_Start_Date,Operation_End_Date,Cofinancing_Rate,Total_Eligible_Expenditure_amount,"
    "Total_Eligible_Expenditure_Currency,Project_EU_Budget,Beneficiary_Name,Category_Of_Intervention,NUTS3_Code,"
    "Operation_Summary_Programme_Language\n"
    "Q1,L1,Lenses,Linsen,DE,12489,03/04/2016,02/04/2018,50,100000.00,EUR,50000.00,Probe Optik GmbH,064 - Research,"
    "DE300,Neue Linsen\n"
    "Q2,L2,Hall,Halle,DE,94065,01/01/2016,31/12/2017,50,7000,EUR,3500,Probe Süd GmbH,001 - Generic,DE225,Neue Halle\n"
).encode("utf-8-sig")
CORDIS_PROJECTS = (
    "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;frameworkProgramme;"
    "masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi\n"
    '101;LEIBLE;SIGNED;"""Light"" sheets for all";2022-01-01;2099-12-31;3999999,5;2500000;L;T;HORIZON;C;S;RIA;;'
    '"Thin; and light";2026-01-01;1;d\n'
    '102;WEIT;CLOSED;""Far" away";2019-01-01;2021-12-31;0;1000000;L;T;H2020;C;S;RIA;;Far;2026-01-01;2;d\n'
    "103;ABBRUCH;TERMINATED;Broken off;2020-01-01;2022-06-30;800000;600000;L;T;H2020;C;S;RIA;;Ended;2026-01-01;3;d\n"
    "104;LEER;SIGNED;Nobody yet;2026-01-01;2028-12-31;1;1;L;T;HORIZON;C;S;RIA;;None;2026-01-01;4;d\n"
)
CORDIS_ORGANISATIONS = (
    "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;"
    "nutsCode;geolocation;organizationURL;contactForm;order;role;ecContribution;netEcContribution;totalCost;"
    "endOfParticipation;active\n"
    "101;LEIBLE;900;FR00000000000;LYON METAL SA;LM;false;PRC;R;69000;Lyon;FR;FRK26;;;;1;coordinator;1;1;1;false;true\n"
    "101;LEIBLE;901;DE136695976;UNIVERSITÄT MUSTERSTADT;UM;false;HES;S;03046;Cottbus;DE;DE402;;;;2;participant;1;1;"
    "1;false;true\n"
    "101;LEIBLE;902;MISSING;ATHEN DIGITAL;AD;true;PRC;Odos 1;10000;Athina;EL;EL303;;;;3;associatedPartner;1;1;1;false;"
    "true\n"
    "102;WEIT;900;FR00000000000;LYON METAL SA;LM;false;PRC;R;69000;Lyon;FR;FRK26;;;;1;coordinator;1;1;1;false;true\n"
    "103;ABBRUCH;903;;Stadt Musterdorf;SM;false;PUB;Weg 1;16761;Hennigsdorf;DE;DE40A;;;;1;coordinator;1;1;1;true;true\n"
)


def packed(**texts: str) -> bytes:
    """Return a zip of texts: ``project`` becomes ``project.csv``."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in texts.items():
            package.writestr(f"{name}.csv", text)
    return held.getvalue()


def cordis() -> bytes:
    """Return projects and organisations of a framework programme, with a table that says little beside them."""
    return packed(project=CORDIS_PROJECTS, organization=CORDIS_ORGANISATIONS, topics="projectID;topic\n101;T\n102;T\n")
