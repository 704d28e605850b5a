"""The one list of addresses and whom each is open to; an address that is not in it fails the sweep."""

from tests.visits import OF_CORRECTING, OF_INFLUENCES, OF_PLANNING, OF_SENDING, OF_SHARING

# What an address is open to. A named address goes by its name, one without a name by its route.
PUBLIC, SIGNED_IN = "everyone", "everyone signed in"
BY_LINK = "whoever has the link, account or none"
A_REVIEW, A_SITE, PLANNING = "by review", "by site", "who may plan somewhere"
A_PROGRAM = "by program"
OWN = "whoever asked for it"
ADMINISTRATION = "user administrators"
DEFINITIONS = "scale administrators"

RULES = {
    "home": SIGNED_IN,
    "reviews:list": SIGNED_IN,
    "reviews:plan": PLANNING,
    "reviews:site": A_SITE,
    "reviews:detail": A_REVIEW,
    "reviews:change_plan": A_REVIEW,
    **{f"reviews:{page}": A_REVIEW for page in (*OF_INFLUENCES, *OF_PLANNING, *OF_SENDING, *OF_SHARING)},
    "reviews:timetables": SIGNED_IN,
    "reviews:new_timetable": DEFINITIONS,
    "reviews:timetable": DEFINITIONS,
    "reviews:evidence": A_REVIEW,
    "reviews:add_note": A_REVIEW,
    "reviews:edit_note": A_REVIEW,
    "reviews:withdraw_note": A_REVIEW,
    "reviews:restore_note": A_REVIEW,
    "reviews:worksheets": A_REVIEW,
    "reviews:components": A_REVIEW,
    "reviews:worksheet": A_REVIEW,
    "reviews:paste_worksheet": A_REVIEW,
    "reviews:worksheet_template": A_REVIEW,
    "reviews:ratings": A_REVIEW,
    "reviews:submit": A_REVIEW,
    "reviews:settle_conflict": A_REVIEW,
    "reviews:rate": A_REVIEW,
    "reviews:reopen": A_REVIEW,
    "reviews:compare": A_REVIEW,
    "reviews:history": A_REVIEW,
    "reviews:rating_history": A_REVIEW,
    "reviews:agreement": SIGNED_IN,
    "reviews:program_scale": A_PROGRAM,
    "programs:people": A_PROGRAM,
    "programs:take_back": A_PROGRAM,
    "reviews:consensus": A_REVIEW,
    "reviews:consensus_here": A_REVIEW,
    "reviews:agree": A_REVIEW,
    "reviews:back_to_consensus": A_REVIEW,
    "reviews:draft": A_REVIEW,
    "reports:report": A_REVIEW,
    "reports:edition": A_REVIEW,
    "reports:edition_pdf": A_REVIEW,
    "reports:draft_pdf": A_REVIEW,
    "reports:edition_docx": A_REVIEW,
    "reports:edition_xlsx": A_REVIEW,
    "reports:edition_csv": A_REVIEW,
    "reports:edition_json": A_REVIEW,
    "reports:draft_docx": A_REVIEW,
    "reports:draft_xlsx": A_REVIEW,
    "reports:draft_csv": A_REVIEW,
    "reports:draft_json": A_REVIEW,
    "reports:issue": A_REVIEW,
    "reports:shared": BY_LINK,
    "reports:shared_pdf": BY_LINK,
    **{f"reports:{page}": A_REVIEW for page in OF_CORRECTING},
    "reports:check": PUBLIC,
    "reports:blank_score_sheet": A_REVIEW,
    "reports:schedule_pdf": A_REVIEW,
    "reports:version_score_sheet": SIGNED_IN,
    "reports:bundles": SIGNED_IN,
    "reports:across": SIGNED_IN,
    **{f"reports:across_{part}": SIGNED_IN for part in ("items", "barriers", "agreement", "xlsx", "csv")},
    **{f"reports:{page}": OWN for page in ("bundle", "bundle_file", "stop_bundle", "delete_bundle")},
    "reviews:library": SIGNED_IN,
    "scales:version": SIGNED_IN,
    "scales:profile": SIGNED_IN,
    "scales:version_yaml": SIGNED_IN,
    "scales:profile_yaml": SIGNED_IN,
    "scales:upload": DEFINITIONS,
    "scales:compare": SIGNED_IN,
    "scales:compare_profiles": SIGNED_IN,
    "scales:publish_version": DEFINITIONS,
    "scales:publish_profile": DEFINITIONS,
    "reviews:retire_version": DEFINITIONS,
    "reviews:retire_profile": DEFINITIONS,
    "scales:draft_yaml": DEFINITIONS,
    "scales:profile_draft_yaml": DEFINITIONS,
    "scales:new_version": DEFINITIONS,
    "scales:carry_over": DEFINITIONS,
    "scales:draft": DEFINITIONS,
    "scales:draft_head": DEFINITIONS,
    "scales:draft_bands": DEFINITIONS,
    "scales:draft_evidence": DEFINITIONS,
    "scales:draft_principles": DEFINITIONS,
    "scales:draft_outline": DEFINITIONS,
    "scales:draft_item": DEFINITIONS,
    "reviews:try_definition": DEFINITIONS,
    "scales:delete_version": DEFINITIONS,
    "reviews:new_profile": DEFINITIONS,
    "reviews:preview_adjustment": DEFINITIONS,
    **{
        f"scales:{page}": DEFINITIONS
        for page in (
            "profile_draft",
            "profile_head",
            "profile_sources",
            "profile_general",
            "profile_item",
            "delete_profile",
        )
    },
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "admin:login": PUBLIC,
    "admin:logout": ADMINISTRATION,
    "admin:index": ADMINISTRATION,
    "admin:password_change": ADMINISTRATION,
    "admin:password_change_done": ADMINISTRATION,
    "admin:autocomplete": ADMINISTRATION,
    "admin:jsi18n": ADMINISTRATION,
    "admin:app_list": ADMINISTRATION,
    "admin:auth_user_password_change": ADMINISTRATION,
    "admin/(?P<url>.*)$": ADMINISTRATION,
}

# Tables that the administration pages may show. Definitions, reviews and reports are not among them.
IN_THE_ADMINISTRATION = (
    "accounts_user",
    "programs_organization",
    "programs_setting",
    "programs_program",
    "programs_site",
)
# Django's and allauth's own tables: superusers alone.
FOR_SUPERUSERS = ("auth_group", "account_emailaddress")

for table in (*IN_THE_ADMINISTRATION, *FOR_SUPERUSERS):
    RULES |= {
        f"admin:{table}_{page}": ADMINISTRATION
        for page in ("changelist", "add", "history", "delete", "change")
    }
    RULES[f"admin/{table.replace('_', '/')}/<path:object_id>/"] = ADMINISTRATION
