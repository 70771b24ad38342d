"""Which pages the tour visits, as whom, and which doors are no page of their own.

`{Fir}` in an address is the reference of Test Patient Fir's case, `{Fir.patient}` that of the person.
"""

from dataclasses import dataclass
from itertools import cycle

from education.first import read

DOCTOR, COORDINATOR = "Dr. Test Larch", "Test Coordinator Hazel"
ADMINISTRATOR, EDITOR, STRANGER = "Test Administrator Yew", "Test Editor Laurel", ""

WIDE, NARROW = ("desktop",), ("phone",)
BOTH = WIDE + NARROW


@dataclass(frozen=True)
class Stop:
    """One page; `links` are followed from it one after the other, and the last is the page meant.

    Every template is looked at wide and narrow. Where a story looks at it in one width already, or another stop shows
    the same template with like data, a stop looks in the width that is left.
    """

    view: str
    path: str
    links: tuple[str, ...] = ()
    status: int = 200
    sizes: tuple[str, ...] = BOTH


TABS = {"urgent": NARROW, "review": BOTH, "mine": WIDE, "asked": NARROW, "decided": WIDE}
GROUPS = ("exam", "diagnosis", "imaging", "therapies", "injections", "scores", "medicines", "plan")
# The groups of the chart that the line completes at a desk.
COMPLETED = {"exam", "diagnosis", "imaging", "medicines", "plan"}
# An urgent sign, words in Spanish, a record that disagrees, answers that came back, sets that differ, a change after
# the decision, a payer's answers: the other cases show less of the same. The first two stories look at in one width.
CASES = {
    "Elm": NARROW,
    "Encina": WIDE,
    **dict.fromkeys(["Juniper", "Pine", "Willow", "Zelkova", "Poplar"], BOTH),
}


def library() -> list[Stop]:
    """Every page of the first library, its shelves and glossaries, and one that was taken back.

    A page is wide in one language and narrow in the other; one of each template is both in each language.
    """
    shelves, glossary, pages = read.load("topics.toml")["topic"], read.load("glossary.toml"), read.pages()
    stops = [Stop("wagtail_serve", "/en/learn/no-such-page/", status=404)]
    for language, turns in (("en", (WIDE, NARROW)), ("es", (NARROW, WIDE))):
        whole = ["", f"{glossary[language]['slug']}/"]
        single: list[str] = []
        for shelf in shelves:
            above = f"{shelf[language]['slug']}/"
            paths = [above, *(f"{above}{pages[key].content[language]['slug']}/" for key in shelf["pages"])]
            whole += paths[:2] if shelf is shelves[0] else []
            single += paths[2:] if shelf is shelves[0] else paths
        stops += [Stop("wagtail_serve", f"/{language}/learn/{path}") for path in whole]
        stops += [
            Stop("wagtail_serve", f"/{language}/learn/{path}", sizes=sizes)
            for path, sizes in zip(single, cycle(turns), strict=False)
        ]
    return stops


TOUR: dict[str, list[Stop]] = {
    STRANGER: [
        *library(),
        Stop("people:desk", "/desk/", sizes=NARROW),
        Stop("people:invitation", "/invitation/an-old-link/", status=404),
        Stop("account_login", "/staff/sign-in/"),
        Stop("account_reset_password", "/staff/password/"),
        Stop("account_reset_password_done", "/staff/password/sent/"),
        Stop("account_reset_password_from_key", "/staff/password/1-set-password/"),
        Stop("account_reset_password_from_key_done", "/staff/password/done/"),
        Stop("incoming:refer", "/refer/"),
        Stop("incoming:follow", "/follow/an-old-link/", status=404),
        Stop("outgoing:practice", "/practice/an-old-link/", status=404),
        Stop("intake:paper", "/paper/"),
        Stop("method", "/method/"),
        Stop("policies:what_plans_ask", "/plans/"),
        Stop("policies:what_plans_ask", "/plans/?plan=medicare-lcd", sizes=WIDE),
        Stop("policies:what_plans_ask", "/plans/?payer=Nobody", sizes=NARROW),
        Stop("finding:search", "/en/learn-search/?q=sterod", sizes=WIDE),
        Stop("finding:search", "/es/learn-search/?q=inyeccion", sizes=NARROW),
        Stop("finding:search", "/en/learn-search/?q=zzyzx", sizes=WIDE),
        Stop("finding:helpful", "/en/learn/", ('main a[href*="hurt"]', 'main a[href*="learn-helpful"]')),
        Stop("post:outbox", "/outbox/"),
        Stop("reminders:stop", "/reminders/an-old-link/", status=404),
        Stop("checkins:say", "/check-in/an-old-link/", status=404),
        Stop("checkins:say", "/outbox/", ('main a[href*="/check-in/"]:not([href$="/stop/"])',)),
        Stop("checkins:stop", "/outbox/", ('main a[href*="/check-in/"][href$="/stop/"]',)),
        Stop("checkins:thanks", "/check-in/thanks/"),
        Stop("checkins:thanks", "/check-in/thanks/?help=now"),
        Stop("reminders:stop", "/outbox/", ('main a[href*="/reminders/"]',)),
        Stop("not_found", "/no-such-page", status=404),
    ],
    "Test Patient Fir": [
        Stop("home", "/"),
        Stop("intake:start", "/", ('main a[href*="/intake/start/"]',)),
        Stop("intake:status", "/cases/{Fir}/"),
        Stop("intake:records", "/cases/{Fir}/records/", sizes=NARROW),
        Stop("intake:changed", "/cases/{Fir}/changed/"),
        Stop("people:who_looked", "/who-looked"),
        Stop("reading:mine", "/read/", sizes=WIDE),
        Stop("reading:worry", "/worried/", sizes=WIDE),
        Stop("reading:questions", "/en/learn/", ('main a[href*="hurt"]', 'main a[href$="/questions/"]'), sizes=WIDE),
    ],
    "Test Patient Encina": [
        Stop("method", "/method/", sizes=NARROW),
        Stop("intake:records", "/cases/{Encina}/records/", sizes=NARROW),
        Stop("intake:changed", "/cases/{Encina}/changed/", sizes=WIDE),
        Stop("people:who_looked", "/who-looked", sizes=NARROW),
        Stop("not_found", "/cases/{Fir}/", status=404, sizes=NARROW),
    ],
    "Test Patient Oak": [
        Stop("intake:status", "/cases/{Oak}/", sizes=WIDE),
        Stop("intake:answer", "/cases/{Oak}/answer/", sizes=WIDE),
    ],
    "Test Patient Elm": [
        Stop("intake:status", "/cases/{Elm}/", sizes=WIDE),
        Stop("intake:stopped", "/intake/{Elm}/stopped/", sizes=WIDE),
    ],
    "Test Patient Naranjo": [Stop("intake:status", "/cases/{Naranjo}/", sizes=NARROW)],
    "Test Patient Magnolia": [
        Stop("checkins:mine", "/cases/{Magnolia}/", ('main a[href*="/my-page/check-ins/"]',)),
    ],
    "Test Patient Poplar": [Stop("intake:status", "/cases/{Poplar}/", sizes=WIDE)],
    "Test Patient Dogwood": [
        Stop("intake:overview", "/intake/{Dogwood}/", sizes=NARROW),
        Stop("intake:page", "/intake/{Dogwood}/pain/where/", sizes=NARROW),
        Stop("intake:rows", "/intake/{Dogwood}/tried/therapies/", sizes=NARROW),
        Stop(
            "intake:row", "/intake/{Dogwood}/tried/therapies/", ('a[href*="/therapies/"]:text("Change")',), sizes=NARROW
        ),
        Stop("intake:remove_row", "/intake/{Dogwood}/tried/therapies/", ('a[href$="/remove"]',)),
        Stop("intake:check", "/intake/{Dogwood}/check/", sizes=NARROW),
    ],
    "Test Carer Hawthorn": [Stop("home", "/"), Stop("intake:status", "/cases/{Hawthorn}/", sizes=WIDE)],
    DOCTOR: [
        Stop("upkeep:review", "/upkeep/", ("main tbody a",), sizes=NARROW),
        *(Stop("candidacy:queue", f"/queue/?tab={tab}", sizes=sizes) for tab, sizes in TABS.items()),
        Stop("candidacy:queue", "/queue/?tab=review&text=nobody-of-this-name", sizes=NARROW),
        Stop("reading:worries", "/worries/"),
        *(Stop("candidacy:case", f"/case/{{{name}}}/", sizes=sizes) for name, sizes in CASES.items()),
        Stop("candidacy:compare", "/case/{Willow}/compare/", sizes=NARROW),
        Stop("course:relief", "/cases/{Magnolia}/relief/"),
        Stop("candidacy:again", "/case/{Willow}/again/"),
        *(
            Stop("candidacy:chart", f"/case/{{Linden}}/chart/{group}/", sizes=NARROW if group in COMPLETED else BOTH)
            for group in GROUPS
        ),
        Stop("candidacy:ask", "/case/{Linden}/ask/", sizes=WIDE),
        Stop("candidacy:request_record", "/case/{Linden}/", ('#missing a:text("Ask for the record")',), sizes=NARROW),
        Stop("candidacy:read_record", "/records/?tab=received", ('main a:text("Read it")',), sizes=NARROW),
        Stop("candidacy:decide", "/case/{Willow}/decide/?outcome=not_a_candidate", sizes=NARROW),
        Stop("pathway:candidates", "/candidates/?tab=all"),
        Stop("pathway:candidates", "/candidates/?q=nobody-of-this-name", sizes=NARROW),
        Stop("pathway:way", "/candidates/?tab=all", ("[data-row-link]",)),
        Stop("authorization:answers", "/payer-answers/"),
        Stop("authorization:answers", "/payer-answers/?payer=nobody-of-this-name", sizes=NARROW),
        Stop("authorization:add_step", "/case/{Spruce}/", ('main a[href$="/payer/"]',), sizes=NARROW),
        Stop("authorization:add_step", "/case/{Naranjo}/", ('main a[href$="/payer/"]',), sizes=WIDE),
        Stop("authorization:strike_step", "/case/{Naranjo}/", ('main a[href$="/take-back/"]',)),
        Stop("checkins:answers", "/case/{Magnolia}/check-ins/"),
        Stop("checkins:call", "/case/{Magnolia}/check-ins/", ('main a[href$="/call/"]',)),
        Stop("checkins:strike", "/case/{Magnolia}/check-ins/", ('main a[href$="/strike/"]',)),
        Stop("procedure:booked", "/sessions/"),
        Stop("procedure:check", "/sessions/", ('main a[href$="/check/"]',)),
        Stop("procedure:record_session", "/sessions/", ('main a[href$="/session/"]',)),
        Stop("procedure:plan_thinner", "/sessions/", ('main a[href$="/check/"]', 'main a[href*="/blood-thinner/"]')),
        Stop("procedure:thinner_days", "/case/{Cypress}/", ('#sessions a[href$="/blood-thinner/"]',)),
        Stop("procedure:strike_thinner_plan", "/case/{Cypress}/", ('#sessions a[href$="/take-back/"]',)),
        Stop("procedure:session", "/case/{Magnolia}/", ('#sessions a[href*="/session/"]',)),
        Stop(
            "procedure:add_complication",
            "/case/{Magnolia}/",
            ('#sessions a[href*="/session/"]', 'main a[href$="/problem/"]'),
        ),
        Stop(
            "procedure:strike_session",
            "/case/{Magnolia}/",
            ('#sessions a[href*="/session/"]', 'main p > a[href$="/take-back/"]'),
        ),
        Stop(
            "procedure:strike_complication",
            "/case/{Olivo}/",
            ('#sessions a[href*="/session/"]', 'main a[href*="/problem/"][href$="/take-back/"]'),
        ),
        Stop("policies:sets", "/rules/"),
        Stop("policies:version", "/rules/", ('main a:text("EV-B")',)),
        Stop("policies:differences", "/rules/", ('main a:text("EV-B")', 'a[href*="/from/"]')),
        Stop("policies:preview", "/rules/", ('main a:text("EV-B")', 'main a[href$="/preview/"]')),
        Stop("policies:begin", "/rules/", ('main a:text("EV-B")', 'a[href$="/begin/"]'), sizes=WIDE),
        Stop("policies:sign_off", "/rules/", ('main a:text("EV-B")', 'a[href$="/sign-off/"]')),
        Stop("policies:end", "/rules/set/medicare-lcd/end/"),
        Stop("mfa_index", "/staff/second-step/"),
        Stop("my_page", "/my-page/"),
    ],
    COORDINATOR: [
        Stop("checkins:to_call", "/check-ins/"),
        Stop("intake:desk", "/unfinished/", sizes=NARROW),
        Stop("intake:desk", "/unfinished/?show=invited", sizes=WIDE),
        Stop("outside:records", "/records/?tab=overdue"),
        Stop("outside:records", "/records/?code=ABCD-EFGH", sizes=WIDE),
        Stop("outside:record_request", "/records/?tab=sent", ("[data-row-link]",), sizes=NARROW),
        Stop("outside:letter", "/records/?tab=received", ("[data-row-link]", 'a:text("The letter")'), sizes=NARROW),
        Stop("work:referrals", "/referrals/?list=ended", sizes=NARROW),
        Stop("work:referrals", "/referrals/?q=nobody-of-this-name", sizes=WIDE),
        Stop("work:step", "/referrals/?list=to_be_booked&when=all", ("[data-row-link]", 'main a[href$="/booked/"]')),
        Stop("incoming:enter", "/referrals/enter/"),
        Stop("incoming:ask", "/referrals/?list=to_take_in&when=all", ("[data-row-link]", 'main a[href$="/ask/"]')),
        Stop(
            "incoming:refuse",
            "/referrals/?list=to_take_in&when=all",
            ("[data-row-link]", 'main a[href$="/refuse/"]'),
            sizes=NARROW,
        ),
        Stop(
            "incoming:hand_back",
            "/referrals/?list=to_take_in&when=all",
            ("[data-row-link]", 'main a[href$="/hand-back/"]'),
            sizes=WIDE,
        ),
        Stop("faxes:waiting", "/faxes/", sizes=NARROW),
        Stop("faxes:waiting", "/faxes/?tab=filed", sizes=NARROW),
        Stop(
            "incoming:enter_fax", "/faxes/", ("tr:last-child [data-row-link]", 'main a[href^="/referrals/enter/fax/"]')
        ),
        Stop("faxes:fax", "/faxes/", ('tr:has-text("locked") [data-row-link]',), sizes=NARROW),
        Stop("faxes:fax", "/faxes/?tab=filed", ("[data-row-link]",), sizes=WIDE),
        Stop("faxes:fax", "/faxes/?tab=set_aside", ("[data-row-link]",), sizes=NARROW),
        Stop("directory:entries", "/directory/"),
        Stop("directory:entries", "/directory/?q=nobody-of-this-name", sizes=NARROW),
        Stop("directory:entry", "/directory/?q=clover", ("[data-row-link]",), sizes=NARROW),
        Stop("directory:entry", "/directory/?q=nettle", ("[data-row-link]",), sizes=WIDE),
        Stop("directory:add_entry", "/directory/new/?of=Practitioner"),
        Stop("directory:change_entry", "/directory/?q=clover", ("[data-row-link]", 'main a[href$="/change/"]')),
        Stop("directory:add_role", "/directory/?q=nettle", ("[data-row-link]", 'main a[href$="/works-at/"]')),
        Stop("directory:merge_entry", "/directory/?q=clover", ("[data-row-link]", 'main a[href$="/merge/"]')),
        Stop("reminders:sent", "/referrals/reminders/?fate=sent"),
        Stop("reminders:sent", "/referrals/reminders/?fate=unknown", sizes=NARROW),
        Stop(
            "reminders:stop_for",
            "/referrals/reminders/?fate=bounced",
            ("[data-row-link]", 'main a[href$="/patient/stop/"]'),
        ),
        Stop(
            "reminders:allow_for",
            "/referrals/reminders/?fate=sent",
            ("tbody tr:last-child [data-row-link]", 'main a[href$="/patient/allow/"]'),
        ),
        Stop("window:to_begin", "/rehabilitation/"),
        Stop("window:to_begin", "/rehabilitation/?tab=missed", sizes=NARROW),
        Stop("window:why_not", "/rehabilitation/", ('main a[href$="/why-not/"]',)),
        Stop("people:patients", "/patients/"),
        Stop("people:patients", "/patients/?q=nobody-of-this-name", sizes=NARROW),
        Stop("people:add_patient", "/patients/new", sizes=NARROW),
        Stop("people:patient", "/patients/{Birch.patient}/"),
        Stop("people:patient", "/patients/{Hawthorn.patient}/", sizes=NARROW),
        Stop("people:change_patient", "/patients/{Birch.patient}/change"),
        Stop("people:change_sign_in", "/patients/{Fir.patient}/sign-in"),
        Stop("people:invite_patient", "/patients/{Juniper.patient}/invite"),
        Stop("people:invite_carer", "/patients/{Fir.patient}/carers/invite", sizes=NARROW),
        Stop("people:to_match", "/patients/to-match"),
        Stop("people:merge_patient", "/patients/to-match", ('main a[href*="into="]',)),
        Stop("intake:start", "/intake/start/{Alder.patient}/", sizes=NARROW),
        Stop("not_found", "/administration/staff", status=404, sizes=WIDE),
    ],
    ADMINISTRATOR: [
        Stop("window:days", "/rehabilitation/days/"),
        Stop("checkins:plan", "/check-ins/plan/"),
        Stop("outcomes:outcomes", "/outcomes/"),
        Stop("people:staff", "/administration/staff", sizes=NARROW),
        Stop("people:staff_member", "/administration/staff", ('a:text("Dr. Test Rowan")',), sizes=NARROW),
        Stop("people:change_staff", "/administration/staff", ('a:text("Dr. Test Rowan")', 'main a[href$="/change"]')),
        Stop(
            "people:reset_second_factor",
            "/administration/staff",
            ('a:text("Dr. Test Rowan")', 'a[href$="/second-factor"]'),
        ),
        Stop(
            "people:deactivate_staff",
            "/administration/staff",
            ('a:text("Dr. Test Rowan")', 'a[href$="/deactivate"]'),
            sizes=NARROW,
        ),
        Stop("people:invite_staff", "/administration/staff/invite", sizes=NARROW),
        Stop("people:clinic", "/administration/clinic", sizes=NARROW),
        Stop("people:locations", "/administration/locations"),
        Stop("people:add_location", "/administration/locations/add"),
        Stop("people:change_location", "/administration/locations", ('main a[href*="/locations/"]:text("Lakeside")',)),
        Stop("people:events", "/administration/log", sizes=NARROW),
        Stop("directory:read_in", "/directory/import/"),
        Stop("policies:plans", "/rules/plans/"),
        Stop("policies:change_plan", "/rules/plans/", ('main a[href$="/change/"]',)),
        Stop("policies:upload", "/rules/upload/", sizes=NARROW),
        Stop("post:messages", "/post/"),
        Stop("post:messages", "/post/?state=failed", sizes=NARROW),
    ],
    EDITOR: [
        Stop("finding:report", "/en/learn-search/report/"),
        Stop("finding:opinions", "/en/learn-search/report/", ('main a:text("Read")',)),
        Stop("upkeep:report", "/upkeep/", sizes=NARROW),
        Stop("upkeep:review", "/upkeep/", ("main tbody a",), sizes=WIDE),
        Stop("upkeep:draft", "/upkeep/", ("main tbody a", "main .card__verb")),
    ],
}

# Pages that the stories pass wide and narrow, or with a code, an invitation or a second step in hand.
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
    "candidacy:decision",
    "directory:confirm_import",
    "incoming:answer",
    "incoming:match",
    "intake:receipt",
    "measures:board",
    "measures:measures",
    "measures:targets",
    "outgoing:choose",
    "outgoing:draft",
    "outgoing:send",
    "outgoing:start",
    "finding:thanks",
    "pathway:too_early",
    "people:birth_date",
    "people:join",
    "people:make_desk_code",
    "people:sign_in",
    "people:sign_in_code",
    "work:referral",
    "work:save_filter",
}
# Only who has a passkey comes to these, and a browser makes none for an address without a name.
WITH_A_PASSKEY = {"mfa_edit_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"}
# Doors that show no page of their own: they take what is sent and lead on, or hand out a file, a text or a picture.
NO_PAGES = {
    "begin",
    "course:relief_pdf",
    "finding:strike",
    "directory:deactivate_entry",
    "directory:end_role",
    "directory:example",
    "directory:export_entries",
    "directory:reactivate_entry",
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
    "faxes:file_document",
    "faxes:file_paper",
    "faxes:file_record",
    "faxes:file_report",
    "faxes:pages",
    "faxes:set_aside",
    "faxes:take_back",
    "faxes:take_up",
    "handout",
    "health_live",
    "health_ready",
    "picture",
    "robots",
    "sitemap",
    "wagtaildocs_serve",
    "measures:export_measures",
    "outcomes:export_outcomes",
    "measures:set_targets",
    "intake:attach",
    "intake:begin",
    "incoming:accept",  # of one that was matched: test_referral_in looks at it
    "incoming:add",
    "incoming:add_sender",
    "incoming:answer_letter",
    "incoming:attachment",
    "incoming:invite",
    "incoming:match_new",
    "incoming:match_with",
    "incoming:name_sender",
    "incoming:received",  # of a referral that was just sent
    "incoming:send_answer",
    "incoming:withdraw",
    "intake:document",
    "intake:confirm",
    "intake:confirm_row",
    "intake:deny_row",
    "intake:draft",
    "intake:new_row",
    "intake:remove",
    "intake:section",
    "intake:sign",
    "intake:use_row",
    "pathway:book_early",
    "pathway:book",
    "pathway:call",
    "pathway:end",
    "pathway:give",
    "pathway:put_off",
    "pathway:reopen",
    "pathway:settle_hold",
    "pathway:unbook",
    "reading:answer_worry",
    "reading:leave_for_visit",
    "reading:translate_worry",
    "outgoing:fax",
    "outgoing:letter",
    "outgoing:link",
    "outgoing:revoke",
    "outgoing:say",
    "outgoing:sign",
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
    "procedure:thinner_days_pdf",
    "checkins:allow",
    "checkins:allow_for",
    "checkins:allow_mine",
    "checkins:stop_for",
    "checkins:stop_mine",
    "checkins:tried",
    "reminders:allow",
    "reminders:allow_mine",
    "reminders:came_back",
    "reminders:stop_mine",
    "upkeep:approve",
    "upkeep:ask_for_approval",
    "upkeep:ask_for_changes",
    "upkeep:still_fits",
    "upkeep:still_right",
    "upkeep:translate",
    "window:take_back",
    "window:write_referral",
    "work:assign",
    "work:assign_all",
    "work:call",
    "work:change_filter",  # of a list that was just kept
    "work:delete_filter",
    "work:escalate",
    "work:remind_all",
    "work:snooze",
    "work:urgency",
}
