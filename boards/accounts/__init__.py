"""Who somebody is, and how the house comes to know it.

Ground floor, beside the boards: signing in with a password, a passkey or the city's own sign-on; the second factor;
sessions and their clocks; invitations and the directory of employees; what a person may do with the own account and
an administrator with others'. What somebody may see, once known, is said in boards/access.py.

konto account · inloggning signing in · tvåstegsverifiering second factor · inbjudan invitation
"""
