"""The ground floor: who. People, boards and companies, offices, and what every record needs.

Every record in the city belongs to a board, so what a record needs (access, audit, jobs, tables,
forms, the component tags) lives here and is imported by all floors above. It imports none of them.

Board (nämnd, bolag …)                 any organisation the programme speaks of
succession (sammanläggning)            one board continuing as another
office (funktion)                      what somebody is for a board, e.g. säkerhetssamordnare
office holder (funktionsinnehavare)    who holds it, from and to which day
mandate (befogenhet)                   what an office may do
membership (förtroendeuppdrag)         an elected member's seat
stand-in (ersättare under frånvaro)    who acts while somebody is away
verb (händelse i loggen)               a change that leaves one audit event
"""
