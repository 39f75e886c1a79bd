"""What the directory keeps."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Retention, Table, Text

KEPT: tuple[Retention, ...] = (
    Retention(
        code="directory",
        name=Text("Annuaire", "Directory"),
        purpose=Text(
            "Donner à chacun un compte, une adresse et les droits de son poste",
            "Give everybody an account, an address and the rights of their post",
        ),
        categories=Text(
            "Nom, identifiant, type de compte, date de naissance, NUMEN haché, langue, affectations, disciplines, adresses",
            "Name, identifier, account type, birth date, hashed NUMEN, language, assignments, subjects, addresses",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.COLLEAGUES, Audience.SUPPORT,),
        tables=(
            Table("people.Account", person="pk"),
            Table("people.Assignment", person="account"),
            Table("people.Address", person="account"),
            Table("people.RoleHolder", person="account"),
            Table("people.GivenIdentifier"),
        ),
        until=Text(
            "Tant que le compte existe ; identifiants et adresses ne sont jamais donnés deux fois, et restent",
            "As long as the account exists; identifiers and addresses are never given twice, and stay",
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "people.Establishment": "schools and services",
    "people.Domain": "mail domains",
    "people.Position": "positions of establishments: name, dates",
    "people.PositionRule": "what functions give: rights, dates",
    "people.ReservedLocal": "local parts of lists",
}
