"""An invented city to look around in: `manage.py demodata` builds it, and only where DEMO is on.

The organisations and their history are the real register (boards/reference). Everybody in it is made up:
names are put together from lists of ordinary names, e-mail ends in demo.example and telephone numbers come
from the series that PTS keeps for fiction. The same seed and the same day give the same city.

    roles      the people the sign-in page offers, one press each
    people     everybody else: employees, units and managers
    holdings   who held what when the city began, alone or for several; what is vacant on purpose
    offices    what has happened since: proposed, approved, handed over, ended
    seats      elected members, absences and trainings
    meetings   council and network meetings with their decisions
    obligations five years of what the programme asks, answered with gaps
    questions  access asked for, barriers reported, and what was answered
    programme  the made-up decision that keeps a version in force
    follow_ups five years of goals, activities and follow-ups
    analyses   five years of risk and vulnerability analyses in every state; rsa_story, rsa_words and rsa_answers
    guidelines instructions, their versions and who has acknowledged them
    city       the chapters in order, and the clock they are lived through by
"""
