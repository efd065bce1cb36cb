import django


def main() -> None:
    django.setup()
    from . import measure

    measure.main()


main()
