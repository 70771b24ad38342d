"""Which pages the tour visits, as whom, and which doors are no page of their own.

`{Fir}` in an address is the reference of Test Patient Fir's case, `{Fir.patient}` that of the person.
"""

from dataclasses import dataclass

DOCTOR, COORDINATOR = "Dr. Test Larch", "Test Coordinator Hazel"
ADMINISTRATOR, EDITOR, STRANGER = "Test Administrator Yew", "Test Editor Laurel", ""


@dataclass(frozen=True)
class Stop:
    """One page; `links` are followed from it one after the other, and the last is the page meant."""

    view: str
    path: str
    links: tuple[str, ...] = ()
    status: int = 200


TABS = ("urgent", "review", "mine", "asked", "decided")
GROUPS = ("exam", "diagnosis", "imaging", "therapies", "injections", "scores", "medicines", "plan")
CASES = (
    *("Elm", "Fir", "Encina", "Hawthorn", "Juniper", "Linden", "Oak", "Pine", "Willow", "Zelkova"),
    *("Naranjo", "Poplar", "Spruce", "Sycamore", "Tamarack", "Walnut"),
)

TOUR: dict[str, list[Stop]] = {
    STRANGER: [
        Stop("home", "/"),
        Stop("people:sign_in", "/sign-in/"),
        Stop("people:desk", "/desk/"),
        Stop("people:invitation", "/invitation/an-old-link/", status=404),
        Stop("account_login", "/staff/sign-in/"),
        Stop("account_reset_password", "/staff/password/"),
        Stop("account_reset_password_done", "/staff/password/sent/"),
        Stop("account_reset_password_from_key", "/staff/password/1-set-password/"),
        Stop("account_reset_password_from_key_done", "/staff/password/done/"),
        Stop("intake:paper", "/paper/"),
        Stop("method", "/method/"),
        Stop("policies:what_plans_ask", "/plans/"),
        Stop("policies:what_plans_ask", "/plans/?plan=medicare-lcd"),
        Stop("policies:what_plans_ask", "/plans/?payer=Nobody"),
        Stop("post:outbox", "/outbox/"),
        Stop("not_found", "/no-such-page", status=404),
    ],
    "Test Patient Fir": [
        Stop("home", "/"),
        Stop("intake:start", "/", ('main a[href*="/intake/start/"]',)),
        Stop("intake:status", "/cases/{Fir}/"),
        Stop("intake:receipt", "/cases/{Fir}/receipt/"),
        Stop("intake:records", "/cases/{Fir}/records/"),
        Stop("intake:changed", "/cases/{Fir}/changed/"),
        Stop("people:who_looked", "/who-looked"),
    ],
    "Test Patient Encina": [
        Stop("method", "/method/"),
        Stop("home", "/"),
        Stop("intake:status", "/cases/{Encina}/"),
        Stop("intake:receipt", "/cases/{Encina}/receipt/"),
        Stop("intake:records", "/cases/{Encina}/records/"),
        Stop("intake:changed", "/cases/{Encina}/changed/"),
        Stop("people:who_looked", "/who-looked"),
        Stop("not_found", "/cases/{Fir}/", status=404),
    ],
    "Test Patient Oak": [Stop("intake:status", "/cases/{Oak}/"), Stop("intake:answer", "/cases/{Oak}/answer/")],
    "Test Patient Elm": [Stop("intake:status", "/cases/{Elm}/"), Stop("intake:stopped", "/intake/{Elm}/stopped/")],
    "Test Patient Naranjo": [Stop("intake:status", "/cases/{Naranjo}/")],
    "Test Patient Poplar": [Stop("intake:status", "/cases/{Poplar}/")],
    "Test Patient Dogwood": [
        Stop("intake:overview", "/intake/{Dogwood}/"),
        Stop("intake:page", "/intake/{Dogwood}/pain/where/"),
        Stop("intake:rows", "/intake/{Dogwood}/tried/therapies/"),
        Stop("intake:row", "/intake/{Dogwood}/tried/therapies/", ('a[href*="/therapies/"]:text("Change")',)),
        Stop("intake:remove_row", "/intake/{Dogwood}/tried/therapies/", ('a[href$="/remove"]',)),
        Stop("intake:check", "/intake/{Dogwood}/check/"),
    ],
    "Test Carer Hawthorn": [Stop("home", "/"), Stop("intake:status", "/cases/{Hawthorn}/")],
    DOCTOR: [
        *(Stop("candidacy:queue", f"/queue/?tab={tab}") for tab in TABS),
        Stop("candidacy:queue", "/queue/?tab=review&text=nobody-of-this-name"),
        *(Stop("candidacy:case", f"/case/{{{name}}}/") for name in CASES),
        Stop("candidacy:compare", "/case/{Willow}/compare/"),
        *(Stop("candidacy:chart", f"/case/{{Linden}}/chart/{group}/") for group in GROUPS),
        Stop("candidacy:ask", "/case/{Linden}/ask/"),
        Stop("candidacy:request_record", "/case/{Linden}/", ('#missing a:text("Ask for the record")',)),
        Stop("candidacy:read_record", "/records/?tab=received", ('main a:text("Read it")',)),
        Stop("candidacy:decide", "/case/{Willow}/decide/"),
        Stop("candidacy:decide", "/case/{Willow}/decide/?outcome=not_a_candidate"),
        Stop("candidacy:decision", "/case/{Poplar}/", ('main a[href*="/decision/"]',)),
        Stop("authorization:answers", "/payer-answers/"),
        Stop("authorization:answers", "/payer-answers/?payer=nobody-of-this-name"),
        Stop("authorization:add_step", "/case/{Spruce}/", ('main a[href$="/payer/"]',)),
        Stop("authorization:add_step", "/case/{Naranjo}/", ('main a[href$="/payer/"]',)),
        Stop("authorization:strike_step", "/case/{Naranjo}/", ('main a[href$="/take-back/"]',)),
        Stop("policies:sets", "/rules/"),
        Stop("policies:version", "/rules/", ('main a:text("EV-B")',)),
        Stop("policies:differences", "/rules/", ('main a:text("EV-B")', 'a[href*="/from/"]')),
        Stop("policies:preview", "/rules/", ('main a:text("EV-B")', 'main a[href$="/preview/"]')),
        Stop("policies:begin", "/rules/", ('main a:text("EV-B")', 'a[href$="/begin/"]')),
        Stop("policies:sign_off", "/rules/", ('main a:text("EV-B")', 'a[href$="/sign-off/"]')),
        Stop("policies:end", "/rules/set/medicare-lcd/end/"),
        Stop("mfa_index", "/staff/second-step/"),
        Stop("my_page", "/my-page/"),
    ],
    COORDINATOR: [
        Stop("intake:desk", "/unfinished/"),
        Stop("intake:desk", "/unfinished/?show=invited"),
        Stop("outside:records", "/records/?tab=overdue"),
        Stop("outside:records", "/records/?code=ABCD-EFGH"),
        Stop("outside:record_request", "/records/?tab=sent", ("[data-row-link]",)),
        Stop("outside:letter", "/records/?tab=received", ("[data-row-link]", 'a:text("The letter")')),
        Stop("people:patients", "/patients/"),
        Stop("people:patients", "/patients/?q=nobody-of-this-name"),
        Stop("people:add_patient", "/patients/new"),
        Stop("people:patient", "/patients/{Birch.patient}/"),
        Stop("people:patient", "/patients/{Hawthorn.patient}/"),
        Stop("people:change_patient", "/patients/{Birch.patient}/change"),
        Stop("people:change_sign_in", "/patients/{Fir.patient}/sign-in"),
        Stop("people:invite_patient", "/patients/{Juniper.patient}/invite"),
        Stop("people:invite_carer", "/patients/{Fir.patient}/carers/invite"),
        Stop("people:to_match", "/patients/to-match"),
        Stop("people:merge_patient", "/patients/to-match", ('main a[href*="into="]',)),
        Stop("intake:start", "/intake/start/{Alder.patient}/"),
        Stop("not_found", "/administration/staff", status=404),
    ],
    ADMINISTRATOR: [
        Stop("people:staff", "/administration/staff"),
        Stop("people:staff_member", "/administration/staff", ('a:text("Dr. Test Rowan")',)),
        Stop("people:change_staff", "/administration/staff", ('a:text("Dr. Test Rowan")', 'main a[href$="/change"]')),
        Stop(
            "people:reset_second_factor",
            "/administration/staff",
            ('a:text("Dr. Test Rowan")', 'a[href$="/second-factor"]'),
        ),
        Stop(
            "people:deactivate_staff", "/administration/staff", ('a:text("Dr. Test Rowan")', 'a[href$="/deactivate"]')
        ),
        Stop("people:invite_staff", "/administration/staff/invite"),
        Stop("people:clinic", "/administration/clinic"),
        Stop("people:locations", "/administration/locations"),
        Stop("people:add_location", "/administration/locations/add"),
        Stop("people:change_location", "/administration/locations", ('main a[href*="/locations/"]:text("Lakeside")',)),
        Stop("people:events", "/administration/log"),
        Stop("policies:plans", "/rules/plans/"),
        Stop("policies:change_plan", "/rules/plans/", ('main a[href$="/change/"]',)),
        Stop("policies:upload", "/rules/upload/"),
        Stop("post:messages", "/post/"),
        Stop("post:messages", "/post/?state=failed"),
    ],
    EDITOR: [Stop("home", "/")],
}

# Pages that the stories pass: with a code, an invitation or a second step in hand.
IN_THE_STORIES = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "mfa_view_recovery_codes",
    "people:birth_date",
    "people:join",
    "people:make_desk_code",
    "people:sign_in_code",
}
# Only who has a passkey comes to these, and a browser makes none for an address without a name.
WITH_A_PASSKEY = {"mfa_edit_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"}
# Doors that show no page of their own: they take what is sent and lead on, or hand out a file, a text or a picture.
NO_PAGES = {
    "begin",
    "candidacy:add_score",
    "candidacy:claim",
    "candidacy:close_chart",
    "candidacy:decision_sealed",
    "candidacy:decision_text",
    "candidacy:release",
    "candidacy:release_urgent",
    "candidacy:reopen_chart",
    "candidacy:settle_change",
    "candidacy:strike_row",
    "candidacy:take_back",
    "candidacy:take_over",
    "candidacy:translate",
    "health_live",
    "health_ready",
    "intake:attach",
    "intake:begin",
    "intake:document",
    "intake:draft",
    "intake:new_row",
    "intake:remove",
    "intake:section",
    "intake:sign",
    "intake:use_row",
    "intake:worry",
    "outside:cancel",
    "outside:receive",
    "outside:send",
    "people:begin_invitation",
    "people:change_logo",
    "people:change_role",
    "people:close_location",
    "people:confirm_patient",
    "people:demo_sign_in",
    "people:end_access",
    "people:export_events",
    "people:logo",
    "people:reactivate_staff",
    "people:remove_logo",
    "people:reopen_location",
    "people:resend_code",
    "people:resend_invitation",
    "people:resend_staff_invitation",
    "people:revoke_invitation",
    "people:revoke_staff_invitation",
    "people:set_language",
    "people:sign_out",
    "policies:cancel_preview",
    "policies:document",
    "policies:remove_plan",
    "policies:start_preview",
    "policies:take_back",
    "post:resend",
}
