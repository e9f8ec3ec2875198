"""The optional tables as tired officials send them: titles above, blank rows, words for codes.

Each file has one row that cannot be true; the others are to be taken.
"""

from typing import Final

TIRED: Final = {
    "handovers": """Kreis Köln;;;;;;;;;;
Liste der Übergaben 2023 (Stand 31.12.2023);;;;;;;;;;
;;;;;;;;;;
Übergabe-Nr.;Fall-ID;Abgebende Stelle;Aufnehmende Stelle;Übergabe am;Termin vereinbart;\
Termin wahrgenommen;Rückmeldung am;zurückgegeben am;Rückgabegrund;Bemerkung
Ü-1;F-17;KI;Jobcenter;01.03.2023;ja;ja;15.03.2023;;;
Ü-2;F-18;ABH;Sozialamt;3.3.23;x;nein;noch offen;20.04.2023;nicht zuständig;
;;;;;;;;;;
Ü-3;F-19;Ausländerbehörde;MBE;10.03.2023;nein;;01.03.2023;;;Datum?
Ü-4;F-17;Jobcenter;BSK;12.05.2023;ja;nein;;12.06.2023;Person nicht erschienen;
""",
    "regime_changes": """Rechtskreiswechsel im Kreis;;;;
Fallnummer;Rechtskreis alt;Rechtskreis neu;Wechsel am;erste Leistung am
F-17;AsylbLG;SGB II;01.06.2022;01.07.2022
F-18;Analogleistungen;Bürgergeld;1. Juni 2023;
F-19;AsylbLG;SGB XII;01.06.2022;01.05.2022

""",
    "conferences": """Fall-ID;Fallkonferenz am;beteiligte Stellen;Beschlüsse;umgesetzt am
F-17;04.05.2022;4;3;04.08.2022
F-18;05.05.2022;zwei;1;
F-19;06.05.2022;1;1;
;;;;
F-17;06.06.2022;3;2;noch nicht
""",
    "agreements": """Kooperationsvereinbarungen;;;;
Kreis;Stelle 1;Stelle 2;unterzeichnet am;gültig bis
Köln;KI;Jobcenter;01.02.2021;31.12.2025
Köln;Jobcenter;KI;01.02.2021;31.12.2025

Köln;ABH;Jobcenter;15.06.2021;unbefristet
""",
    "structure": """Kreis;Thema;Bereich;Thema erkannt am;Lenkungsgruppe am;beschlossen am;\
Beschluss;umgesetzt am
05315;T1;Wohnen;01.02.2021;01.03.2021;01.03.2021;angenommen;01.09.2021
05315;T2;Sprache;01.02.2021;01.01.2021;;;
05315;T3;Gesundheit;02.02.2021;01.04.2021;15.04.2021;;
""",
    "titles": """Ausländeramt;;;;
Antragsnummer;Art des Antrags;Antrag vom;Bescheid vom;Entscheidung
A-1;Aufenthaltserlaubnis;01.02.2021;01.05.2021;erteilt
A-2;Einbürgerung;02.02.2021;;
A-3;Einbürgerung;02.02.2021;01.01.2021;abgelehnt

A-4;Niederlassungserlaubnis;05.02.2021;05.03.2021;zurückgezogen
""",
}

OLDER: Final = {
    "cases": """Fall-ID;Kreis;Dienststelle;Fallbeginn;Rechtskreis
F-17;05315;KI;01.02.2023;SGB II
F-18;05315;KI;01.02.2023;AsylbLG
F-19;05315;Jobcenter;01.02.2023;SGB II
""",
    "referrals": """Fall-ID;Kreis;Bereich;Bedarf am;Übergabe am;Aufnehmende Stelle;\
Termin vereinbart;Ergebnis
F-17;05315;Sprache;01.02.2023;01.03.2023;Integrationskurs;ja;vermittelt
F-18;05315;Arbeit;01.02.2023;;;nein;offen
""",
}
"""Cases and referrals in words that the optional tables know as well."""
