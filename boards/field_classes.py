"""The class of each field on the ground floor, and of what the packages bring (boards.classes says what it means)."""

from .classes import declare

# People and how they sign in

declare(
    "boards.User",
    K0="name title unit language theme shortcuts is_active left_directory session_epoch last_login created_at",
    K1="email phone manager directory_id",
    # Which accounts open with a password alone is what somebody who guesses would like to know.
    K2="break_glass",
    K3="password=hash",
)
declare("boards.Throttle", K1="key failures last_at next_at")
declare("boards.Invitation", K0="person invited_by expires_at used_at", K3="token_hash=hash")
declare("boards.KeptText", K0="person expires_at", K1="browser", K3="sealed=browser")
declare(
    "boards.FactorReset",
    K0="person asked_by asked_at decided_by approved_at refused_at record_key",
    K3="reason",
)
declare(
    "boards.ApiToken",
    K0="person may_write valid_to made_at revoked_at session_epoch ended_offices",
    K1="name last_used_at",
    K3="token_hash=hash",
)
declare("boards.AnsweredForm", K0="person at", K1="answer", K3="key=hash")
declare("boards.Draft", K0="person board saved_at discarded_at discarded_by", K1="path", K3="sealed=sealed")
declare("boards.StandIn", K0="person deputy valid_from valid_to")
declare("boards.StandInOffice", K0="stand_in office confirmed_by confirmed_at refused_at")
declare("boards.AccessRequest", K0="person board state asked_at answered_by answered_at", K1="reason answer")
declare("boards.Training", K1="person office_type completed_on expires_on")

# The register

declare(
    "boards.Board",
    K0="""code slug name short_name kind administration parent is_small has_local_council note email phone
    guard_phone crisis_support_phone tile_column tile_row valid_from valid_to version""",
)
declare("boards.Succession", K0="predecessor successor on")
declare("boards.Area", K0="name board valid_from valid_to")
declare("boards.Sector", K0="code name lead members")
declare("boards.Unit", K0="board parent name directory_id manager")
declare(
    "boards.OfficeType",
    K0="""code order name name_en description description_en minimum_training minimum_training_en
    required_kinds requirement""",
)
declare("boards.Office", K0="board type group")
declare(
    "boards.OfficeHolder",
    K0="office person is_deputy valid_from valid_to proposed_by confirmed_by confirmed_at refused_at",
    K1="share_percent shared_reason",
)
declare("boards.BoardGroupPermission", K0="permission group content_object")
declare("boards.Membership", K0="person board role valid_from valid_to")
declare("boards.CouncilMeeting", K0="version discarded_at discarded_by", K1="board kind held_on agenda")
declare("boards.MeetingDecision", K1="meeting text responsible due_on done_on")
declare(
    "boards.City",
    K0="""only name environment logo logo_alt font_family crisis_support_phone guard_phone it_support_phone
    protective_security_phone incident_system_url support_email answered_parts set_up_at version""",
)
declare("boards.SiteText", K0="key text text_en")

# The log and the work

declare("boards.Stream", K0="name seq head")
declare("boards.Event", K0="stream seq at verb board prev hash", K1="actor object_type object_id body")
declare(
    "boards.Job",
    K0="""kind key state due_at attempt leased_until handed_out_at finished_at reason asked_at asked_by board
    started_at step step_done step_of subject_id subject_type token request_id""",
)
declare("boards.Heartbeat", K0="process at")
declare(
    "boards.Dispatch",
    K0="kind key channels channel state asked_at due_at attempt ended_at reason",
    K1="person",
    # Whoever knows the reference can say that the mail came back.
    K2="reference",
    K3="sealed=sealed",
)
declare(
    "boards.Notice",
    K0="kind board about_type about_id link day key at waits_for_mail",
    K1="person read_at dispatch",
)
declare("boards.NoticeStop", K1="person kind")

# What the packages bring

declare("auth.Permission", K0="name content_type codename")
declare("auth.Group", K0="name permissions")
declare("contenttypes.ContentType", K0="app_label model")
declare("guardian.UserObjectPermission", K0="permission content_type object_pk user")
declare("guardian.GroupObjectPermission", K0="permission content_type object_pk group")
# Whoever holds the key of a session is that person.
declare("sessions.Session", K0="expire_date", K2="session_key session_data")
declare(
    "usersessions.UserSession", K0="user created_at last_seen_at", K1="ip user_agent data", K2="session_key"
)
declare("account.EmailAddress", K0="user verified primary", K1="email")
declare("account.EmailConfirmation", K0="email_address created sent", K3="key=empty")
declare("mfa.Authenticator", K0="user type created_at last_used_at", K3="data=sealed")
# Identity providers are settings; these rows are never written, and no token is kept.
declare(
    "socialaccount.SocialApp",
    K0="provider provider_id name",
    K1="client_id settings",
    K3="secret=empty key=empty",
)
declare("socialaccount.SocialAccount", K0="user provider last_login date_joined", K1="uid", K2="extra_data")
declare("socialaccount.SocialToken", K0="app account expires_at", K3="token=empty token_secret=empty")

# The proof of the log, and who has read what

declare("boards.Seal", K0="at heads prev digest signature key_id")
declare("boards.ReadLog", K2="at reader board way level object_type object_id what count ids")

# Documents. Titles and file names tell what a paper of its class is about.

declare(
    "boards.Document",
    K1="board kind level registry_number meeting withdrawn_at withdrawn_by",
    K2="title withdrawn_reason",
)
declare(
    "boards.DocumentVersion",
    K1="document number kind size sha256 stored_as scanned_by filed_at filed_by",
    K2="name",
    K3="sealed_key=sealed",
)
declare("boards.BoardSheet", K0="key board as_of language asked_by asked_at version")

# Imports. What a file said is kept with whoever it named.

declare(
    "boards.Import",
    K0="kind state counts asked_by asked_at carried_out_at undone_by undone_at is_whole sha256",
    K1="file_name rows",
)
declare("boards.ImportedChange", K0="of act object_type object_id", K1="title before after")
