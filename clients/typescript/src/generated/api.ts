// Generated from the OpenAPI documents by `make clients-typescript`. Do not edit.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Confirm that the process responds
         * @description Confirm that the process responds.
         */
        get: operations["read_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Confirm that the database is reachable and up to date, and that the master key is readable
         * @description Confirm that the database is reachable and up to date, and that the master key is readable.
         */
        get: operations["read_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell which version is running
         * @description Tell which version is running.
         */
        get: operations["read_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your notices, newest first
         * @description Roles that were given, emergencies, alarms.
         */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/inbox/{item_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark an item as read
         * @description It comes again, unread, if the same happens again.
         */
        post: operations["mark_inbox_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/worklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a member of staff has open who is disabled, or has a successor
         * @description Ids and kinds, nothing of a chart.
         */
        get: operations["read_left_worklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worklist/{task_id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a task as done, for everybody whom it waits for
         * @description Mark a task as done, for everybody whom it waits for.
         */
        post: operations["complete_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clinic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the clinic you belong to
         * @description Its hours, time zone, country and policies.
         */
        get: operations["read_clinic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the clinic's name, place, phone, hours, policies or owner
         * @description Change the clinic's name, place, phone, hours, policies or owner.
         */
        patch: operations["update_clinic"];
        trace?: never;
    };
    "/v1/crisis-resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the crisis lines of a country that answer now, each with the day of its last check
         * @description Needs no sign-in.
         *
         *     With an access token and without `country`, those of the clinic's country.
         */
        get: operations["list_crisis_resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with an address and a password, and with a second factor if the account has one
         * @description Staff who have none yet may do nothing but add one.
         */
        post: operations["sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what to give to `navigator.credentials.get`, for signing in with a passkey or for proving again
         * @description Ask what to give to `navigator.credentials.get`, for signing in with a passkey or for proving again.
         */
        post: operations["offer_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey alone
         * @description It names the account, and counts as both factors.
         */
        post: operations["sign_in_with_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove again who you are
         * @description For five minutes you may do what asks for a fresh proof.
         */
        post: operations["step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/tokens/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the next access token, and the next refresh token
         * @description Using an earlier one ends the sign-in.
         *
         *     If the answer was lost, send the same token again. It is answered alike until its successor was used. A sign-in ends
         *     by itself when it was left alone, or lasted, for longer than the clinic's policy says.
         */
        post: operations["refresh_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/tokens/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description This sign-in's tokens stop working at once.
         */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your own account, with its roles
         * @description Read your own account, with its roles.
         */
        get: operations["read_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your second factors, and how many recovery codes are left
         * @description List your second factors, and how many recovery codes are left.
         */
        get: operations["list_factors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin with an authenticator app
         * @description Its secret is shown once. It counts when you have confirmed it.
         */
        post: operations["add_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors/totp/{factor_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the app's first code
         * @description Other sign-ins that were made with the password alone end.
         */
        post: operations["confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what to give to `navigator.credentials.create` for a new passkey
         * @description Ask what to give to `navigator.credentials.create` for a new passkey.
         */
        post: operations["offer_new_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey
         * @description Other sign-ins that were made with the password alone end.
         */
        post: operations["add_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors/{factor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a second factor
         * @description Staff keep at least one.
         */
        delete: operations["remove_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get ten recovery codes, shown once
         * @description Those of before work no more.
         */
        post: operations["make_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices on which you are signed in, newest first
         * @description List the devices on which you are signed in, newest first.
         */
        get: operations["list_sign_ins"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere else, or everywhere
         * @description It holds from the next request. It ends your calendar address too.
         */
        delete: operations["end_sign_ins"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sign-ins/{sign_in_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out on one device
         * @description It holds from its next request.
         */
        delete: operations["end_sign_in"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the patients whose chart you may see, newest first
         * @description List the patients whose chart you may see, newest first.
         */
        get: operations["list_patients"];
        put?: never;
        /**
         * Open a chart
         * @description You become the first member of its care team.
         */
        post: operations["create_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the patients you may see by whole words of their name, in any script
         * @description Find the patients you may see by whole words of their name, in any script.
         */
        post: operations["search_patients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one patient
         * @description Identity and contact.
         */
        get: operations["read_patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a patient's name, contacts or time zone
         * @description Change a patient's name, contacts or time zone.
         */
        patch: operations["update_patient"];
        trace?: never;
    };
    "/v1/patients/{patient_id}/care-team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everybody who is or was on the care team, newest first
         * @description List everybody who is or was on the care team, newest first.
         */
        get: operations["list_care_team"];
        put?: never;
        /**
         * Let a member of staff see the chart
         * @description Nobody lets themselves in, and no program an admin.
         */
        post: operations["add_care_team_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/care-team/{member_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a membership
         * @description From the next request on, the person does not see the chart.
         */
        delete: operations["end_care_team_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a one-time code for a member of staff or a patient to open their account with
         * @description It is in this answer and nowhere else. If the answer was lost, make another, with another key: earlier ones end.
         */
        post: operations["create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account by which a patient signs in
         * @description Its state, and its id for a password reset.
         */
        get: operations["read_patient_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change your password
         * @description Every other sign-in ends; this one goes on with the access token of the answer.
         */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a one-time code with which somebody sets a new password
         * @description Hand it over. Second factors stay as they are.
         *
         *     It is in this answer and nowhere else. The person is told, and the privacy officers if it is a patient.
         */
        post: operations["create_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/help": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for help, now
         * @description Any body or none, with or without an Idempotency-Key; nothing about it is refused.
         *
         *     If nobody could be told, the answer is 200 too and says so, with whom to call.
         */
        post: operations["ask_for_help"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/emergency-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See a chart for a few hours without being on its care team, with a reason
         * @description The clinic's privacy officers and the patient are told at once, and it is reviewed. It ends by itself. It opens
         *     what the team sees: no private reflection, no draft of others, no say in who is on the team. While it lasts you
         *     cannot open the chart again. If a review finds it not justified, you cannot until a privacy officer lifts the bar.
         */
        post: operations["open_emergency_access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergency-accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the charts that were opened in an emergency, newest first, with reason and review
         * @description List the charts that were opened in an emergency, newest first, with reason and review.
         */
        get: operations["list_emergency_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergency-accesses/{emergency_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether it was an emergency
         * @description Whoever opened the chart is told.
         */
        post: operations["review_emergency_access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergency-accesses/{emergency_id}/lift-bar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody open the chart in an emergency again, after a review that found it not justified
         * @description They are told.
         */
        post: operations["lift_emergency_bar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the courses you may see, newest first
         * @description List the courses you may see, newest first.
         */
        get: operations["list_courses"];
        put?: never;
        /**
         * Open a course of treatment for a patient
         * @description Open a course of treatment for a patient.
         */
        post: operations["create_course"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one course
         * @description Read one course.
         */
        get: operations["read_course"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a course
         * @description Its indication, intention, planned dosing sessions, or where it stands.
         */
        patch: operations["update_course"];
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions you may see, latest start first
         * @description What comes next: `order=asc` and `starts_after` now.
         */
        get: operations["list_sessions"];
        put?: never;
        /**
         * Plan a session
         * @description Plan a session.
         */
        post: operations["create_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one session
         * @description Read one session.
         */
        get: operations["read_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a session
         * @description All but its patient and phase. Once it is over, correct it, with `correction_reason`.
         */
        patch: operations["update_session"];
        trace?: never;
    };
    "/v1/sessions/{session_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the session as it was before each change, newest first
         * @description Show the session as it was before each change, newest first.
         */
        get: operations["list_session_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a planned session
         * @description Begin a planned session.
         */
        post: operations["start_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a session
         * @description What it still lacks is named in `blocking`.
         */
        post: operations["complete_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a planned session off, or break one off that is in progress
         * @description Call a planned session off, or break one off that is in progress.
         */
        post: operations["cancel_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/no-show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the patient did not come to a planned session
         * @description Say that the patient did not come to a planned session.
         */
        post: operations["no_show_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/medicines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the medicines that you may see, newest first
         * @description List the medicines that you may see, newest first.
         */
        get: operations["list_medicines"];
        put?: never;
        /**
         * Add a medicine to a patient's chart
         * @description Add a medicine to a patient's chart.
         */
        post: operations["create_medicine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/medicines/{medicine_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one medicine
         * @description Read one medicine.
         */
        get: operations["read_medicine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a medicine
         * @description Change a medicine.
         */
        patch: operations["update_medicine"];
        trace?: never;
    };
    "/v1/medicines/{medicine_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a medicine that was entered in error
         * @description It is kept.
         */
        post: operations["withdraw_medicine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes you may read, newest first
         * @description Patients see signed ones, staff drafts too.
         */
        get: operations["list_notes"];
        put?: never;
        /**
         * Begin a note about a session
         * @description You and your supervisor read it until you sign it.
         */
        post: operations["create_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one note with its addenda
         * @description Read one note with its addenda.
         */
        get: operations["read_note"];
        put?: never;
        post?: never;
        /**
         * Delete your draft
         * @description Delete your draft.
         */
        delete: operations["delete_note"];
        options?: never;
        head?: never;
        /**
         * Save your draft
         * @description Safe to send again and again. A version that is not the newest changes nothing.
         */
        patch: operations["update_note"];
        trace?: never;
    };
    "/v1/notes/{note_id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign your draft
         * @description Its content does not change after that, and the patient sees it at once unless withheld.
         */
        post: operations["sign_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/cosign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign, as supervisor, under a note that waits for you
         * @description Sign, as supervisor, under a note that waits for you.
         */
        post: operations["cosign_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a note that waits for you back to its author, as a draft
         * @description Give a note that waits for you back to its author, as a draft.
         */
        post: operations["return_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/addenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add to a signed note
         * @description What was signed stays as it is, and so does the note's version.
         */
        post: operations["add_note_addendum"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/amendments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put new content in the place of what you signed, and sign it
         * @description Every earlier content is kept.
         */
        post: operations["amend_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/enter-in-error": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declare that a signed or filed note should never have been
         * @description It is kept, and hidden from the patient.
         */
        post: operations["enter_note_in_error"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/file-unsigned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * File the draft of an author who is gone, unsigned
         * @description The patient does not see it.
         */
        post: operations["file_note_unsigned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/disagreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add your statement of disagreement to a note about you
         * @description It goes wherever the note goes.
         */
        post: operations["add_note_disagreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what changed between two signed contents of a note, in words
         * @description Read what changed between two signed contents of a note, in words.
         */
        get: operations["read_note_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every content of the note that was finally signed, newest first
         * @description List every content of the note that was finally signed, newest first.
         */
        get: operations["list_note_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the proof that the note was signed so, by whom and when
         * @description Checkable offline with `ledger check-proof`.
         */
        get: operations["read_note_proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Share the note with the patient, or withhold it for a time
         * @description A draft may be withheld before it is signed.
         */
        put: operations["set_note_sharing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/amendment-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests that you may see, newest first
         * @description List the requests that you may see, newest first.
         */
        get: operations["list_amendment_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/amendment-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an amendment of a signed note
         * @description Staff answer within 60 days.
         */
        post: operations["create_amendment_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/amendment-requests/{amendment_request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one request and its answer
         * @description Read one request and its answer.
         */
        get: operations["read_amendment_request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/amendment-requests/{amendment_request_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant a request in writing
         * @description The author amends the note.
         */
        post: operations["accept_amendment_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/amendment-requests/{amendment_request_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deny a request in writing
         * @description The patient is told of the right to a statement of disagreement.
         */
        post: operations["deny_amendment_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/amendment-requests/{amendment_request_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take 30 days more to answer, once
         * @description Take 30 days more to answer, once.
         */
        post: operations["extend_amendment_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the disclosures that you may see, the latest first
         * @description They are never deleted.
         */
        get: operations["list_disclosures"];
        put?: never;
        /**
         * Record who outside the clinic was given what of a chart
         * @description Treatment, payment and operations need no entry.
         */
        post: operations["record_disclosure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disclosures/{disclosure_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one disclosure
         * @description Read one disclosure.
         */
        get: operations["read_disclosure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disclosures/{disclosure_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a disclosure that was recorded in error
         * @description It is kept.
         */
        post: operations["withdraw_disclosure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/psychotherapy-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a note that you alone read
         * @description Read it at `/psychotherapy-notes/{id}`.
         */
        post: operations["create_psychotherapy_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/psychotherapy-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own psychotherapy notes, newest first, or those that you were granted
         * @description List your own psychotherapy notes, newest first, or those that you were granted.
         */
        get: operations["list_psychotherapy_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/psychotherapy-notes/{psychotherapy_note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one that is yours, or that you were granted
         * @description Read one that is yours, or that you were granted.
         */
        get: operations["read_psychotherapy_note"];
        put?: never;
        post?: never;
        /**
         * Delete your draft, and its grants
         * @description Delete your draft, and its grants.
         */
        delete: operations["delete_psychotherapy_note"];
        options?: never;
        head?: never;
        /**
         * Save the draft of a psychotherapy note
         * @description Save the draft of a psychotherapy note.
         */
        patch: operations["update_psychotherapy_note"];
        trace?: never;
    };
    "/v1/psychotherapy-notes/{psychotherapy_note_id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign the draft of a psychotherapy note
         * @description It does not change after that.
         */
        post: operations["sign_psychotherapy_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/psychotherapy-notes/{psychotherapy_note_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the grants of your note, newest first, ended ones too
         * @description List the grants of your note, newest first, ended ones too.
         */
        get: operations["list_psychotherapy_note_grants"];
        put?: never;
        /**
         * Let a supervisor read this note, for at most 90 days
         * @description Let a supervisor read this note, for at most 90 days.
         */
        post: operations["add_psychotherapy_note_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/psychotherapy-notes/{psychotherapy_note_id}/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a grant now
         * @description End a grant now.
         */
        delete: operations["revoke_psychotherapy_note_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompt-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the questions to write to, in every version that answers may point to
         * @description List the questions to write to, in every version that answers may point to.
         */
        get: operations["list_prompt_sets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own reflections, or those shared with you, newest first
         * @description Staff who are shown one have read it.
         */
        get: operations["list_reflections"];
        put?: never;
        /**
         * Begin a reflection in your own chart
         * @description A private draft.
         */
        post: operations["create_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find your own reflections, or one patient's that are shared with you, by a tag
         * @description Newest first, without text.
         */
        post: operations["search_reflections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one reflection
         * @description The first time staff reads it is told to the patient.
         */
        get: operations["read_reflection"];
        put?: never;
        post?: never;
        /**
         * Delete a private reflection, with all its versions, for good
         * @description Delete a private reflection, with all its versions, for good.
         */
        delete: operations["delete_reflection"];
        options?: never;
        head?: never;
        /**
         * Change your reflection
         * @description After it was handed in, earlier texts are kept as versions.
         */
        patch: operations["update_reflection"];
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a draft in
         * @description `monitoring` says who, if anybody, watches, and whom to call.
         */
        post: operations["submit_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let your care team read it, now or from a time on
         * @description Let your care team read it, now or from a time on.
         */
        post: operations["share_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/unshare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take it back, as long as nobody of your care team has read it
         * @description Take it back, as long as nobody of your care team has read it.
         */
        post: operations["unshare_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark it as reviewed
         * @description It leaves the worklist of the whole care team.
         */
        post: operations["review_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the answers to a reflection, newest first
         * @description List the answers to a reflection, newest first.
         */
        get: operations["list_reflection_replies"];
        put?: never;
        /**
         * Answer a shared reflection
         * @description An answer cannot be changed.
         */
        post: operations["reply_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every text of your reflection since it was handed in
         * @description Newest first, each with what you were told then.
         */
        get: operations["list_reflection_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attachments that you may see, newest first
         * @description It does not count as reading.
         */
        get: operations["list_attachments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note_id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a file on your draft
         * @description Then send it in parts, and complete it within a day.
         */
        post: operations["create_note_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reflections/{reflection_id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a file on your entry while it is private
         * @description Then send it in parts, and complete it within a day.
         */
        post: operations["create_reflection_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{attachment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the facts of one attachment, such as how much of it has come
         * @description It does not count as reading.
         */
        get: operations["read_attachment"];
        put?: never;
        post?: never;
        /**
         * Delete an attachment of your own draft, or of your entry that is not shared
         * @description It cannot be read any more.
         */
        delete: operations["delete_attachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{attachment_id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the next part
         * @description It is kept before the response, so an upload goes on where it broke off.
         */
        post: operations["add_attachment_part"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{attachment_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the whole file checked and shown
         * @description An image is kept without its metadata, such as where it was taken.
         */
        post: operations["complete_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{attachment_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the file
         * @description Staff who are sent one of a reflection have read that.
         */
        get: operations["read_attachment_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/strategy-library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List strategies to start from, newest first
         * @description The clinic's own, and those that come with the product.
         */
        get: operations["list_strategy_library"];
        put?: never;
        /**
         * Add an entry of the clinic's own
         * @description Add an entry of the clinic's own.
         */
        post: operations["add_strategy_library_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/goals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the goals that you may see, newest first
         * @description List the goals that you may see, newest first.
         */
        get: operations["list_goals"];
        put?: never;
        /**
         * Write down a goal with its five levels
         * @description Both sides see it from then on.
         */
        post: operations["create_goal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/goals/{goal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one goal
         * @description Read one goal.
         */
        get: operations["read_goal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a goal
         * @description Once it was rated, its levels, baseline and weight stay.
         */
        patch: operations["update_goal"];
        trace?: never;
    };
    "/v1/goals/{goal_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a goal that is not worked on any more
         * @description It is kept, and no score counts it.
         */
        post: operations["withdraw_goal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/goals/{goal_id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ratings of a goal by both sides, the newest first
         * @description List the ratings of a goal by both sides, the newest first.
         */
        get: operations["list_goal_ratings"];
        put?: never;
        /**
         * Say which level of a goal you see reached
         * @description The first rating fixes the scale.
         */
        post: operations["rate_goal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/attainment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the T score of a patient's goals (goal attainment scaling) on each day of a rating, by side
         * @description Read the T score of a patient's goals (goal attainment scaling) on each day of a rating, by side.
         */
        get: operations["read_attainment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans you may see, newest first, without their strategies
         * @description List the plans you may see, newest first, without their strategies.
         */
        get: operations["list_plans"];
        put?: never;
        /**
         * Begin a plan, or with `replaces_id` the next version of one that stands
         * @description It is a draft that you alone see until you share or propose it.
         */
        post: operations["create_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one plan with its strategies
         * @description Read one plan with its strategies.
         */
        get: operations["read_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a plan
         * @description New content of one that was proposed is a new draft revision; what was proposed is kept.
         *
         *     The content of one that stands never changes: begin its next version.
         */
        patch: operations["update_plan"];
        trace?: never;
    };
    "/v1/plans/{plan_id}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the present revision to the other side
         * @description Every strategy needs its cue and its action.
         */
        post: operations["propose_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to the revision that the other side proposed, and that you read
         * @description The plan is active then.
         *
         *     The one that it replaces is archived in the same moment, with all that is open beside it.
         */
        post: operations["accept_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no to what the other side proposed
         * @description It is kept with your reason; the draft goes on as a new revision.
         */
        post: operations["decline_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rest an active plan
         * @description Rest an active plan.
         */
        post: operations["pause_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a paused plan up again
         * @description Take a paused plan up again.
         */
        post: operations["resume_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a plan whose aim is reached
         * @description Complete a plan whose aim is reached.
         */
        post: operations["complete_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a plan away for good
         * @description It stays readable.
         */
        post: operations["archive_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what changed between two revisions of a plan, in words
         * @description Or since the plan that it replaces.
         */
        get: operations["read_plan_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List earlier proposals, newest first, with their strategies as they were
         * @description List earlier proposals, newest first, with their strategies as they were.
         */
        get: operations["list_plan_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List when the strategies of a plan are due
         * @description It has no occurrences while it is paused, or when it has ended.
         */
        get: operations["list_occurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/strategies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the strategies of a plan, in the order they were added
         * @description List the strategies of a plan, in the order they were added.
         */
        get: operations["list_strategies"];
        put?: never;
        /**
         * Add a strategy to a plan
         * @description The version in If-Match, and the ETag you get back, are the plan's.
         */
        post: operations["add_strategy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/strategies/{strategy_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a strategy out of a plan
         * @description The version in If-Match, and the ETag you get back, are the plan's.
         */
        delete: operations["remove_strategy"];
        options?: never;
        head?: never;
        /**
         * Change a strategy
         * @description The version in If-Match, and the ETag you get back, are the plan's.
         */
        patch: operations["update_strategy"];
        trace?: never;
    };
    "/v1/practices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the practices you may see, the newest use first
         * @description List the practices you may see, the newest use first.
         */
        get: operations["list_practices"];
        put?: never;
        /**
         * Log a use or a skip of a strategy of your own plan
         * @description To correct one, log another with `replaces_id`.
         */
        post: operations["log_practice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practices/{practice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one practice
         * @description Read one practice.
         */
        get: operations["read_practice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practices/{practice_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back an entry of yours
         * @description It is kept, and counts no more.
         */
        post: operations["withdraw_practice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what the strategies of a plan did
         * @description Change of distress with its interval, adherence, and rank.
         */
        get: operations["read_plan_effects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/safety-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of safety plans that you may see, newest first
         * @description List the versions of safety plans that you may see, newest first.
         */
        get: operations["list_safety_plans"];
        put?: never;
        /**
         * Write a new version of a safety plan
         * @description It is a draft until the patient confirms it.
         */
        post: operations["create_safety_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/safety-plans/{safety_plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one version of a safety plan
         * @description Read one version of a safety plan.
         */
        get: operations["read_safety_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/safety-plans/{safety_plan_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put your draft in force
         * @description The version before it is kept.
         */
        post: operations["confirm_safety_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/safety-plans/{safety_plan_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the day on which both look at the plan in force again
         * @description Change the day on which both look at the plan in force again.
         */
        post: operations["review_safety_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/safety-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a patient's safety plan
         * @description The version in force, and the draft that waits for the patient.
         */
        get: operations["read_patient_safety_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/safety-plan/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two versions of a safety plan, in sentences
         * @description Compare two versions of a safety plan, in sentences.
         */
        get: operations["compare_safety_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/safety-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your safety plan in force, with crisis lines
         * @description A phone may keep it for when it is offline.
         *
         *     A token of `POST /v1/me/safety-plan/token` is accepted here too.
         */
        get: operations["read_my_safety_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/safety-plan/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a token that reads your safety plan and nothing else, for a phone that shows it before sign-in
         * @description At most three; end one at `DELETE /v1/me/sign-ins/{sign_in_id}`.
         */
        post: operations["create_safety_plan_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everything in one chart that you may see, newest first, so that planned items come first
         * @description List everything in one chart that you may see, newest first, so that planned items come first.
         */
        get: operations["read_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find words in one chart, over what you may see
         * @description Newest first.
         *
         *     One answer looks through `limit` things, and holds those that have the words. It may hold none and still have a
         *     `next_cursor`, which leads on to older ones. Psychotherapy notes are never looked through. Staff do not find a
         *     reflection that nobody of them has read.
         */
        post: operations["search_chart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/threads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the dosing sessions of a chart, newest first, each with what it led to
         * @description At most 10 at once.
         *
         *     A thread runs from intention and doses over reflections and their insights to goals, strategies, and the change of
         *     distress when they were used. It shows each end that you may see, and nothing of the others.
         */
        get: operations["list_threads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your open tasks, the most urgent first, then the next due
         * @description Some are there because nobody is on the team.
         */
        get: operations["read_worklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the care team proposed, answered and ended, newest first
         * @description List what the care team proposed, answered and ended, newest first.
         */
        get: operations["read_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your day at once
         * @description What is new, next, due today and last, and whom to call.
         */
        get: operations["read_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a chart at once
         * @description Who, what is urgent, what is next and last. Notes and reflections do not count as read.
         */
        get: operations["read_chart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed among what you may see since the cursor
         * @description Ids and fixed words, never content.
         */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send up to 100 requests that were written offline
         * @description They are done in order, each as it would be alone.
         *
         *     One that fails stops only those that name it in `after`. Send again what was not attempted.
         */
        post: operations["send_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream what changes among what you may see
         * @description Server-sent events whose `data` is an item of `/changes`.
         *
         *     It ends with `event: end` and a `reason`: `docs/stream.md`.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whether you have a calendar address, and when it was made
         * @description Read whether you have a calendar address, and when it was made.
         */
        get: operations["read_calendar"];
        put?: never;
        /**
         * Make a secret address for your calendar program
         * @description The one before stops working at once.
         *
         *     It ends with a new password, other roles, the account, or when you sign out everywhere.
         */
        post: operations["create_calendar"];
        /**
         * End your calendar address
         * @description End your calendar address.
         */
        delete: operations["delete_calendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calendars/{secret}.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch a calendar (iCalendar)
         * @description Times of appointments and practices, and neutral words.
         */
        get: operations["fetch_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events in the clinic, newest first
         * @description Reading this is recorded too.
         */
        get: operations["list_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all access to your chart, newest first
         * @description Who read or changed what, when, in which role, for which purpose.
         *
         *     Refused attempts on your chart are among them, and what only you are shown. Reading this is recorded too.
         */
        get: operations["read_access_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the readiness check of a dosing session
         * @description Read the readiness check of a dosing session.
         */
        get: operations["read_readiness_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Answer items
         * @description An item that is not met opens a hold; one that becomes met closes its own.
         *
         *     A clearance, and the absence of a contraindication, count once a prescriber of the care team has answered.
         */
        patch: operations["update_readiness_check"];
        trace?: never;
    };
    "/v1/sessions/{session_id}/readiness/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the check as it was before each change, newest first
         * @description Show the check as it was before each change, newest first.
         */
        get: operations["list_readiness_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the holds of a dosing session, newest first
         * @description List the holds of a dosing session, newest first.
         */
        get: operations["list_dose_holds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/holds/{hold_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let doses start in spite of one item, with a reason
         * @description Let doses start in spite of one item, with a reason.
         */
        post: operations["release_dose_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the orders that you may see, newest first
         * @description List the orders that you may see, newest first.
         */
        get: operations["list_orders"];
        put?: never;
        /**
         * Order doses, as a prescriber
         * @description A dose that departs from its order is recorded with a finding.
         */
        post: operations["create_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one order
         * @description Read one order.
         */
        get: operations["read_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{order_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an order
         * @description It stays, with who withdrew it and why.
         */
        post: operations["withdraw_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the doses that you may see, the latest first
         * @description List the doses that you may see, the latest first.
         */
        get: operations["list_doses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/doses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a dose
         * @description What is outside the usual comes back in `findings`; outside a hard limit it is refused.
         */
        post: operations["create_dose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/doses/{dose_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one dose
         * @description Read one dose.
         */
        get: operations["read_dose"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/doses/{dose_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a dose that was recorded in error
         * @description It stays, with who withdrew it and why.
         */
        post: operations["withdraw_dose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/vitals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the readings of a dosing session as a time series, the earliest first
         * @description List the readings of a dosing session as a time series, the earliest first.
         */
        get: operations["list_vitals"];
        put?: never;
        /**
         * Record up to 200 readings, in any order
         * @description A reading that is stored already changes nothing.
         *
         *     One under rule R09 or R10 opens a hold, which a prescriber releases.
         */
        post: operations["record_vitals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/vitals/{vital_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a reading that was recorded in error
         * @description It stays, with who withdrew it and why.
         */
        post: operations["withdraw_vital"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adverse-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the adverse events that you may see, the latest onset first
         * @description List the adverse events that you may see, the latest onset first.
         */
        get: operations["list_adverse_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/adverse-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record an adverse event of a dosing session, weeks after it too
         * @description A serious or always critical one (R34) waits for a prescriber's review, and holds the next dose.
         */
        post: operations["create_adverse_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adverse-events/{adverse_event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one adverse event
         * @description Read one adverse event.
         */
        get: operations["read_adverse_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Say what is known of an adverse event now
         * @description If it is worse, a prescriber reviews it anew.
         */
        patch: operations["update_adverse_event"];
        trace?: never;
    };
    "/v1/adverse-events/{adverse_event_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List an adverse event as it was before each change, newest first
         * @description List an adverse event as it was before each change, newest first.
         */
        get: operations["list_adverse_event_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adverse-events/{adverse_event_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that you, a prescriber, reviewed a serious or critical adverse event
         * @description Record that you, a prescriber, reviewed a serious or critical adverse event.
         */
        post: operations["review_adverse_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adverse-events/{adverse_event_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an adverse event that was recorded in error
         * @description It is kept.
         */
        post: operations["withdraw_adverse_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/assessment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the therapist's assessment of a dosing session
         * @description Read the therapist's assessment of a dosing session.
         */
        get: operations["read_assessment"];
        /**
         * Write go, hold or concern
         * @description `hold` stops doses of the session until a prescriber decides, whatever comes later.
         */
        put: operations["update_assessment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/assessment/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the assessment as it was before each change, newest first
         * @description Show the assessment as it was before each change, newest first.
         */
        get: operations["list_assessment_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/discharge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the discharge of a dosing session, and what it still lacks
         * @description Read the discharge of a dosing session, and what it still lacks.
         */
        get: operations["read_discharge"];
        /**
         * Write the checklist of a discharge, and when the patient left
         * @description The session ends once nothing is missing.
         */
        put: operations["update_discharge"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/discharge/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a session be completed without what its discharge lacks, as its prescriber, with a reason
         * @description Let a session be completed without what its discharge lacks, as its prescriber, with a reason.
         */
        post: operations["override_discharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/rems-form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the REMS form of an esketamine session, filled from the record, with what is missing
         * @description Read the REMS form of an esketamine session, filled from the record, with what is missing.
         */
        get: operations["read_rems_form"];
        /**
         * Give the answers that the record does not
         * @description Give the answers that the record does not.
         */
        put: operations["update_rems_form"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/rems-form/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that the clinic sent the form
         * @description Again with `confirmation`, once REMS confirmed it.
         */
        post: operations["submit_rems_form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/remote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the remote record of a dosing session, and what it still lacks
         * @description Read the remote record of a dosing session, and what it still lacks.
         */
        get: operations["read_remote_session"];
        /**
         * Write the remote record
         * @description Where help is sent, who is beside the patient, and who is on call.
         */
        put: operations["update_remote_session"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/support-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue the token of the observer, for this session alone
         * @description The one before ends at once.
         */
        post: operations["create_support_token"];
        /**
         * End the observer's token
         * @description Its next request is refused.
         */
        delete: operations["delete_support_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/observer-watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the checks of the observer, the links, and what was missed
         * @description Read the checks of the observer, the links, and what was missed.
         */
        get: operations["read_observer_watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/link-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that the video or the observer was connected, lost or restored
         * @description The same id changes nothing.
         */
        post: operations["record_link_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/observer-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record checks as the observer, by the support token in the body
         * @description A check that is stored changes nothing.
         *
         *     They may come late and together. If one is alarming, the answer says what to do now, whatever is wrong with it.
         */
        post: operations["record_observer_checks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}/dose-brief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a prescriber needs for a dose
         * @description Doses, vitals, adverse events, holds, the therapist's decision.
         *
         *     It holds no note, no reflection and no text. Scores are not part of it yet.
         */
        get: operations["read_dose_brief"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the instruments that the API can score, in brief
         * @description List the instruments that the API can score, in brief.
         */
        get: operations["list_instruments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/{instrument_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one instrument
         * @description Items by topic, ranges, scoring, bands, rules of change, each with its source.
         *
         *     The official wording is not among it; show your own licensed copy beside the ids of its items.
         */
        get: operations["read_instrument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the staff of the clinic, newest first
         * @description List the staff of the clinic, newest first.
         */
        get: operations["list_accounts"];
        put?: never;
        /**
         * Add a member of staff
         * @description Invite the account next, so that the person can choose a password.
         */
        post: operations["create_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one member of staff
         * @description Read one member of staff.
         */
        get: operations["read_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a member of staff
         * @description Name, credential, roles, or whether the account can sign in.
         *
         *     Of a patient's account, whether it can sign in.
         */
        patch: operations["update_account"];
        trace?: never;
    };
    "/v1/accounts/{account_id}/external-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let a member of staff sign in with tokens of the external issuer
         * @description Ends every sign-in of the account.
         */
        put: operations["set_external_identity"];
        post?: never;
        /**
         * Let tokens of the external issuer sign this person in no more
         * @description Ends every sign-in of the account.
         */
        delete: operations["remove_external_identity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open an account, or set a new password, with the one-time code and a password of your choice
         * @description Then sign in.
         *
         *     A reset ends every sign-in, and leaves second factors as they are.
         */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/service-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token for a program of the clinic's own, with its id and secret
         * @description Get an access token for a program of the clinic's own, with its id and secret.
         */
        post: operations["create_service_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the programs of the clinic's own, newest first
         * @description No secret is shown.
         */
        get: operations["list_service_accounts"];
        put?: never;
        /**
         * Add a program and choose what it may do
         * @description Its secret is in this answer and nowhere else.
         *
         *     If the answer was lost, a retry gets 409 `shown-once`: rotate the secret.
         */
        post: operations["create_service_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a program may do, or disable it
         * @description It holds from its next request.
         */
        patch: operations["update_service_account"];
        trace?: never;
    };
    "/v1/service-accounts/{account_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a new secret
         * @description The one before goes on working for a day (POLICY), so that nothing stands still meanwhile.
         *
         *     It is in this answer and nowhere else. If the answer was lost, rotate again: the one before that ends then.
         */
        post: operations["rotate_service_account_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the clinic's webhooks, newest first
         * @description No secret is shown.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Tell a program of what changes from now on
         * @description The secret is in this answer and nowhere else.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a webhook, or turn it off or on
         * @description Change a webhook, or turn it off or on.
         */
        patch: operations["update_webhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a new webhook secret
         * @description For a day, messages are signed with both. It is in this answer and nowhere else.
         */
        post: operations["rotate_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message of type `webhook.test`
         * @description Send a message of type `webhook.test`.
         */
        post: operations["send_test_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what came after a position of the log, as far as the program may be told of it now
         * @description Send again what came after a position of the log, as far as the program may be told of it now.
         */
        post: operations["replay_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of the last thirty days, newest first, without bodies
         * @description List the messages of the last thirty days, newest first, without bodies.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/legal-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the legal hold of a chart
         * @description 404 if there is none.
         */
        get: operations["read_patient_hold"];
        /**
         * Keep the chart from being erased, whatever the retention policy says
         * @description If-Match takes the chart's ETag.
         */
        put: operations["hold_patient"];
        post?: never;
        /**
         * End the hold
         * @description If-Match takes the chart's ETag.
         */
        delete: operations["release_patient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/legal-hold/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own texts that were overwritten under a legal hold, newest first
         * @description Nobody else can read them here.
         */
        get: operations["list_kept_contents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patient_id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the chart for good
         * @description Its key is destroyed, the patient's account ends. It cannot be undone.
         *
         *     Needs a fresh proof of who you are, and the chart's ETag as If-Match. Refused while a legal hold stands, and before
         *     the end of retention (`keep_until` says the day).
         */
        post: operations["erase_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description One time somebody looked at your chart, changed something in it, or was refused.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000a",
         *       "at": "2026-11-20T15:04:00Z",
         *       "outcome": "done",
         *       "reason": null,
         *       "actor_role": "therapist",
         *       "event": "note.read",
         *       "actor": null,
         *       "purpose": "treatment",
         *       "basis": null,
         *       "subject_id": "019ab0de-0000-7000-8000-000000000020",
         *       "is_private": false
         *     }
         */
        Access: {
            /**
             * Format: uuid
             * @description Identifier of the entry, UUID version 7.
             */
            id: string;
            at: components["schemas"]["FieldAt"];
            /** @description Whether it was done or refused. */
            outcome: components["schemas"]["Outcome"];
            /** @description The code of a refusal. */
            reason: string | null;
            /** @description The role by which the policy allowed it. If an account holds several that do, the first of `clinic_admin`, `therapist`, `prescriber`, `supervisor`, `auditor`, `privacy_officer`: not the role on the care team. */
            actor_role: components["schemas"]["Role"] | null;
            /** @description The Event: `note.read`; `request.refused` if the request was refused. */
            event: components["schemas"]["EventName"];
            /** @description The person or program that asked; null if nobody was signed in. */
            actor: components["schemas"]["AccessActor"] | null;
            /** @description For which purpose, as follows from the role. */
            purpose: components["schemas"]["Purpose"] | null;
            /** @description On what ground beyond the role, such as an emergency; null: none. */
            basis: string | null;
            /**
             * Format: uuid
             * @description The thing in your chart; null for lists and for the chart itself.
             */
            subject_id: string | null;
            /** @description Whether nobody but you is shown this entry. */
            is_private: boolean;
        };
        /** @description The person who did it, as the clinic shows them. */
        AccessActor: {
            /**
             * Format: uuid
             * @description The account.
             */
            account_id: string;
            /** @description Whether it is your own account. */
            is_you: boolean;
            /** @description Their name; null for your own account. */
            name: string | null;
            /** @description Their credential. */
            credential: string | null;
        };
        /**
         * @description A new access token of the same sign-in; its refresh token stays as it is.
         * @example {
         *       "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
         *       "token_type": "Bearer",
         *       "expires_in": 900
         *     }
         */
        AccessToken: {
            /** @description Send it as `Authorization: Bearer …`. */
            access_token: string;
            /**
             * @description Always `Bearer`.
             * @constant
             */
            token_type: "Bearer";
            /** @description Seconds until the access token ends. */
            expires_in: number;
        };
        /**
         * @description A member of staff.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000002",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "state": "active",
         *       "roles": [
         *         "therapist"
         *       ],
         *       "name": "Imani Vale",
         *       "credential": "LMFT",
         *       "licence_region": "US-OR",
         *       "licence_ends_on": "2027-06-30",
         *       "supervised_by": null,
         *       "successor_id": null,
         *       "email": "imani.vale@example.org"
         *     }
         */
        Account: components["schemas"]["Resource"] & {
            /** @description `invited` until the invitation is accepted; `disabled` cannot sign in. */
            state: components["schemas"]["AccountState"];
            /** @description All that the account may be. */
            roles: components["schemas"]["Role"][];
            /** @description Name. */
            name: string | null;
            /** @description Professional credential. */
            credential: string | null;
            /** @description Licence region. */
            licence_region: string | null;
            licence_ends_on: components["schemas"]["FieldLicenceEndsOn"];
            supervised_by: components["schemas"]["FieldSupervisedBy"];
            successor_id: components["schemas"]["FieldSuccessorId"];
            /** @description Address for signing in. */
            email: string | null;
        };
        /**
         * @description The life of an account.
         * @enum {string}
         */
        AccountState: "invited" | "active" | "disabled";
        /** @description The uses of the last whole days, of those that the schedule planned. */
        Adherence: {
            /** @description Uses in that time. */
            done: number;
            /** @description Occurrences of the schedule in that time. */
            planned: number;
            /** @description At most 100; null if nothing was planned. */
            percent: number | null;
        };
        /**
         * @description A request to amend a note, and its answer.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "text": "It was my aunt, not my mother.",
         *       "reason": "My aunt raised me.",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "note_id": "019ab0de-0000-7000-8000-000000000020",
         *       "state": "open",
         *       "due_at": "2027-01-20T16:05:00Z",
         *       "extended_at": null,
         *       "extension_reason": null,
         *       "answered_at": null,
         *       "answered_by_id": null,
         *       "answer": null,
         *       "denial_basis": null,
         *       "rights": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "monitoring": null
         *     }
         */
        AmendmentRequest: components["schemas"]["Resource"] & {
            /** @description The change that is asked for. */
            text: string;
            /** @description Why. */
            reason: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The note.
             */
            note_id: string;
            /** @description Its present state. */
            state: components["schemas"]["AmendmentState"];
            /**
             * Format: date-time
             * @description Until when staff must answer (UTC).
             */
            due_at: string;
            /**
             * Format: date-time
             * @description When staff took 30 days more, once (UTC).
             */
            extended_at: string | null;
            /** @description Why it takes longer. */
            extension_reason: string | null;
            /**
             * Format: date-time
             * @description When staff answered (UTC).
             */
            answered_at: string | null;
            /**
             * Format: uuid
             * @description The account that did.
             */
            answered_by_id: string | null;
            /** @description The answer in writing. */
            answer: string | null;
            /** @description The ground of a denial. */
            denial_basis: components["schemas"]["DenialBasis"] | null;
            /** @description The rights of the patient after a denial, to be shown as they are. */
            rights: string | null;
            /**
             * Format: uuid
             * @description The account that wrote it down.
             */
            created_by_id: string;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description The answer to a request that is granted.
         * @example {
         *       "answer": "The note tells what was said."
         *     }
         */
        AmendmentRequestAccept: {
            /** @description The answer in writing. */
            answer: string;
        };
        /**
         * @description A request to amend a note.
         * @example {
         *       "text": "It was my aunt, not my mother.",
         *       "reason": "My aunt raised me."
         *     }
         */
        AmendmentRequestCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The change that is asked for. */
            text: string;
            /** @description Why. */
            reason: string;
        };
        /**
         * @description The answer to a request that is not granted, and its ground.
         * @example {
         *       "answer": "The note tells what was said.",
         *       "basis": "accurate_and_complete"
         *     }
         */
        AmendmentRequestDeny: {
            /** @description The answer in writing. */
            answer: string;
            /** @description The ground of a denial. */
            basis: components["schemas"]["DenialBasis"];
        };
        /**
         * @description Why the answer takes 30 days longer.
         * @example {
         *       "reason": "Its author is away."
         *     }
         */
        AmendmentRequestExtend: {
            /** @description Why it takes longer. */
            reason: string;
        };
        /**
         * @description The life of a request. Source: clinical.md section 2.4.
         * @enum {string}
         */
        AmendmentState: "open" | "accepted" | "denied";
        /** @description The answer to one prompt. */
        Answer: {
            /** @description The prompt, of this version of the prompt set. */
            prompt_id: string;
            /** @description The text. */
            text: string;
        };
        /** @description The answer to one prompt. */
        AnswerGiven: {
            /** @description The prompt, of this version of the prompt set. */
            prompt_id: string;
            /** @description The text. */
            text: string;
        };
        /** @description Somebody of the care team who means to answer, as far as their patient may know them. */
        Answerer: {
            /** @description Name. */
            name: string;
            /** @description Credential; null: none is known. */
            credential: string | null;
            /** @description Region of the licence. */
            licence_region: string | null;
            /** @description Whether a supervisor stands behind them. */
            is_supervised: boolean;
        };
        /**
         * @description A file on a note or a reflection. Who may read that may read this.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "note_id": null,
         *       "reflection_id": "019ab0de-0000-7000-8000-000000000007",
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "content_type": "image/jpeg",
         *       "state": "ready",
         *       "size_bytes": 1834202,
         *       "received_bytes": 1834202,
         *       "part_bytes": 524288,
         *       "sha256": "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2",
         *       "completed_at": "2026-11-20T21:16:00Z"
         *     }
         */
        Attachment: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The note that it belongs to; null: it belongs to a reflection.
             */
            note_id: string | null;
            /**
             * Format: uuid
             * @description The reflection that it belongs to; null: it belongs to a note.
             */
            reflection_id: string | null;
            /**
             * Format: uuid
             * @description The account that added it.
             */
            created_by_id: string;
            /** @description The media type. The first bytes must be of it. An image is at most 20 MB, all else 50 MB. */
            content_type: components["schemas"]["MediaType"];
            /** @description `uploading`: only who added it sees it, for a day at most; `ready`: it is whole and checked. */
            state: components["schemas"]["AttachmentState"];
            /** @description As it was announced; once it is ready, of what is kept. An image loses its metadata. */
            size_bytes: number;
            /** @description The next part begins at this byte. */
            received_bytes: number;
            /** @description Size of each part but the last, in bytes. */
            part_bytes: number;
            /** @description As it was announced; once it is ready, of what is kept. */
            sha256: string | null;
            /**
             * Format: date-time
             * @description When all of it had come and was checked (UTC).
             */
            completed_at: string | null;
        };
        /**
         * @description The announcement of a file that is then sent in parts.
         * @example {
         *       "content_type": "image/jpeg",
         *       "size_bytes": 1834202,
         *       "sha256": "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
         *     }
         */
        AttachmentCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The media type. The first bytes must be of it. An image is at most 20 MB, all else 50 MB. */
            content_type: components["schemas"]["MediaType"];
            /** @description Size of the whole, in bytes. */
            size_bytes: number;
            /** @description SHA-256 of the whole, in hexadecimal. */
            sha256?: string | null;
        };
        /**
         * @description The next part of a file: `part_bytes` of it, and of the last part the rest.
         * @example {
         *       "data": "/9j/4AAQSkZJRgABAQ=="
         *     }
         */
        AttachmentPartCreate: {
            /** @description The bytes in base64 (RFC 4648, 4), with padding. */
            data: string;
        };
        /**
         * @description Whether all of it was sent and checked.
         * @enum {string}
         */
        AttachmentState: "uploading" | "ready";
        /**
         * @description The attainment of a patient's goals over time: T has a mean of 50, reached if all goals are at 0.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "goals": 2,
         *       "is_whole": true,
         *       "points": [
         *         {
         *           "on": "2026-12-01",
         *           "side": "patient",
         *           "t_score": 60,
         *           "baseline_t_score": 40,
         *           "goals_rated": 1
         *         }
         *       ]
         *     }
         */
        Attainment: {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Number of goals that were not withdrawn. */
            goals: number;
            /** @description False if it is too much for one answer: then the newest goals and ratings count. */
            is_whole: boolean;
            /** @description One for each day and side with a rating, the first day first. */
            points: components["schemas"]["AttainmentPoint"][];
        };
        /** @description The attainment as one side saw it on one day. */
        AttainmentPoint: {
            /**
             * Format: date
             * @description The day, in the patient's time zone.
             */
            on: string;
            /** @description The side that rated that day. */
            side: components["schemas"]["GoalSide"];
            /** @description T over all goals that it had rated by then. */
            t_score: number;
            /** @description T of the same goals at the start. */
            baseline_t_score: number;
            /** @description Number of these goals. */
            goals_rated: number;
        };
        /** @description A possible obstacle, with an answer to it. */
        Barrier: {
            /** @description A possible obstacle. */
            barrier: string;
            /** @description The answer to it. */
            workaround: string | null;
        };
        /** @description A possible obstacle, with an answer to it. */
        BarrierCreate: {
            /** @description A possible obstacle. */
            barrier: string;
            /** @description The answer to it. */
            workaround?: string | null;
        };
        /** @description One region, and how much is felt there. */
        BodyPoint: {
            /** @description The region. */
            region: components["schemas"]["BodyRegion"];
            /** @description Intensity of what is felt there, 0 (nothing) to 10. */
            intensity: number;
        };
        /** @description One region, and how much is felt there. */
        BodyPointGiven: {
            /** @description The region. */
            region: components["schemas"]["BodyRegion"];
            /** @description Intensity of what is felt there, 0 (nothing) to 10. */
            intensity: number;
        };
        /**
         * @description A new calendar address. It is shown only here.
         * @example {
         *       "made_at": "2026-11-20T15:00:00Z",
         *       "path": "/v1/calendars/AZq…=.ics"
         *     }
         */
        CalendarAddress: {
            /**
             * Format: date-time
             * @description When its address was made (UTC).
             */
            made_at: string;
            /** @description The path to subscribe to, on this server. It is a secret. */
            path: string;
        };
        /**
         * @description A person's calendar address, without its secret.
         * @example {
         *       "made_at": "2026-11-20T15:00:00Z"
         *     }
         */
        CalendarStatus: {
            /**
             * Format: date-time
             * @description When its address was made (UTC).
             */
            made_at: string;
        };
        /**
         * @description The member of staff to add.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "role": "therapist"
         *     }
         */
        CareTeamAdd: {
            id?: components["schemas"]["FieldId2"];
            /**
             * Format: uuid
             * @description The member of staff.
             */
            account_id: string;
            /** @description The part they have for this patient; the account must hold that role. */
            role: components["schemas"]["CareTeamRole"];
            ends_at?: components["schemas"]["FieldEndsAt"];
        };
        /**
         * @description The basis on which a member of staff sees the chart.
         * @enum {string}
         */
        CareTeamBasis: "team" | "emergency";
        /**
         * @description One member of staff who may see the chart, since when, and until when.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000005",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "role": "therapist",
         *       "ends_at": null,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "name": "Imani Vale",
         *       "credential": "LMFT",
         *       "licence_region": "US-OR",
         *       "licence_ends_on": "2027-06-30",
         *       "basis": "team",
         *       "started_at": "2026-11-02T09:00:00Z",
         *       "ended_at": null
         *     }
         */
        CareTeamMember: components["schemas"]["Resource"] & {
            /**
             * Format: uuid
             * @description The member of staff.
             */
            account_id: string;
            /** @description The part they have for this patient. */
            role: components["schemas"]["CareTeamRole"];
            ends_at: components["schemas"]["FieldEndsAt"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Their name. */
            name: string | null;
            /** @description Professional credential. */
            credential: string | null;
            /** @description Licence region. */
            licence_region: string | null;
            licence_ends_on: components["schemas"]["FieldLicenceEndsOn"];
            /** @description `team`, or `emergency`: opened by themselves for a few hours. */
            basis: components["schemas"]["CareTeamBasis"];
            /**
             * Format: date-time
             * @description Since when (UTC).
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When it was ended (UTC).
             */
            ended_at: string | null;
        };
        /**
         * @description The roles of staff on a care team.
         * @enum {string}
         */
        CareTeamRole: "therapist" | "prescriber" | "supervisor";
        /** @description One thing that changed, by its id. What it is now is with the thing itself. */
        ChangeItem: {
            /** @description The kind of thing. */
            kind: components["schemas"]["ChangeKind"];
            /**
             * Format: uuid
             * @description The thing; for what is kept as a whole, the chart's, account's or clinic's id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The chart that it belongs to.
             */
            patient_id: string | null;
            /** @description `changed`: read it again. `gone`: drop it. `opened`: read that chart from the start. `closed`: drop that chart. */
            change: components["schemas"]["ChangeWord"];
            /**
             * Format: date-time
             * @description When it changed (UTC).
             */
            at: string;
            /**
             * Format: date-time
             * @description When an `opened` chart closes by itself; drop it then, offline too.
             */
            until: string | null;
        };
        /**
         * @description The kind of a thing that changed. Its content is read with the thing itself.
         * @enum {string}
         */
        ChangeKind: "chart" | "patient" | "care_team" | "course" | "session" | "readiness" | "order" | "dose" | "vitals" | "adverse_event" | "assessment" | "discharge" | "rems_form" | "remote_session" | "medicine" | "note" | "amendment_request" | "disclosure" | "psychotherapy_note" | "reflection" | "goal" | "plan" | "practice" | "safety_plan" | "worklist" | "inbox" | "notice" | "account" | "clinic" | "strategy_library";
        /**
         * @description The changes after the cursor: each thing once, in the order of its latest change.
         * @example {
         *       "items": [
         *         {
         *           "kind": "reflection",
         *           "id": "019ab0de-0000-7000-8000-000000000009",
         *           "patient_id": "019ab0de-0000-7000-8000-000000000003",
         *           "change": "changed",
         *           "at": "2026-11-20T15:00:00Z",
         *           "until": null
         *         }
         *       ],
         *       "next_cursor": "AQAAAAAAAAZk",
         *       "has_more": false,
         *       "caught_up_at": "2026-11-20T15:00:00Z"
         *     }
         */
        ChangePage: {
            /** @description The changes; there may be none although `has_more`. */
            items: components["schemas"]["ChangeItem"][];
            /** @description Send it as `cursor` next time; opaque. */
            next_cursor: string;
            /** @description Whether to ask again at once. */
            has_more: boolean;
            /**
             * Format: date-time
             * @description Everything from before this instant is in the feed (UTC).
             */
            caught_up_at: string;
        };
        /**
         * @description The word for what happened to a thing, as its reader sees it.
         * @enum {string}
         */
        ChangeWord: "changed" | "gone" | "opened" | "closed";
        /**
         * @description A chart as its care team opens it: the first rows of each list.
         * @example {
         *       "patient": {
         *         "id": "019ab0de-0000-7000-8000-000000000004",
         *         "created_at": "2026-11-02T09:00:00Z",
         *         "updated_at": "2026-11-02T09:00:00Z",
         *         "version": 1,
         *         "name": "Rowan Sample",
         *         "preferred_name": "Ro",
         *         "birth_on": "1988-04-17",
         *         "email": "rowan.sample@example.org",
         *         "phone": "+1 555 0100",
         *         "emergency_contact": "Sister, +1 555 0101",
         *         "language": "es-US",
         *         "time_zone": "America/New_York"
         *       },
         *       "alerts": [],
         *       "tasks": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000006",
         *           "kind": "reflection_to_review",
         *           "urgency": "routine",
         *           "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *           "patient_name": "Ro",
         *           "title": "The back step",
         *           "detail": "fragment",
         *           "subject_id": "019ab0de-0000-7000-8000-000000000007",
         *           "opened_at": "2026-11-20T21:14:00Z",
         *           "due_at": "2026-11-23T21:14:00Z"
         *         }
         *       ],
         *       "care_team": [],
         *       "medicines": [],
         *       "plans": [],
         *       "next_sessions": [],
         *       "last_sessions": [],
         *       "notes": [],
         *       "reflections": []
         *     }
         */
        Chart: {
            /** @description The patient. */
            patient: components["schemas"]["Patient"];
            /** @description At most 10 urgent tasks of anybody in this chart, the most urgent first; none by emergency access. An entry that you may not read now is `help_asked`, with the patient as `subject_id`. */
            alerts: components["schemas"]["Task"][];
            /** @description At most 10 tasks of yours in this chart; all: `GET /v1/worklist`. */
            tasks: components["schemas"]["Task"][];
            /** @description The newest 20 now; all: `GET /v1/patients/{patient_id}/care-team`. */
            care_team: components["schemas"]["CareTeamMember"][];
            /** @description The newest 20 that are taken; all: `GET /v1/medicines`. */
            medicines: components["schemas"]["Medicine"][];
            /** @description The newest 10 active plans; all: `GET /v1/plans`. */
            plans: components["schemas"]["PlanListItem"][];
            /** @description The next 5; all: `GET /v1/sessions`. */
            next_sessions: components["schemas"]["Session"][];
            /** @description The last 5, the latest first. */
            last_sessions: components["schemas"]["Session"][];
            /** @description The newest 5 notes, without text; all: `GET /v1/notes`. */
            notes: components["schemas"]["TimelineItem"][];
            /** @description The newest 5 that are shared, without text and unread; all: `GET /v1/reflections`. */
            reflections: components["schemas"]["TimelineItem"][];
        };
        /**
         * @description The words to look for. In a body, so that no word about a patient is ever part of an address.
         * @example {
         *       "words": "lake quiet"
         *     }
         */
        ChartSearch: {
            /** @description A thing is found if its texts have all of them, also as parts of longer words. Case and accents do not matter. */
            words: string;
            /** @description Only these kinds; absent means all. */
            kinds?: components["schemas"]["FoundKind"][] | null;
        };
        /**
         * @description The clinic, with every policy's value.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000001",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "name": "Willow House (demo)",
         *       "time_zone": "America/New_York",
         *       "country": "US",
         *       "slug": "willow-house",
         *       "hours": {
         *         "fri": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "mon": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "thu": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "tue": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "wed": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ]
         *       },
         *       "policies": {
         *         "altered_state_minutes_buccal": 240,
         *         "altered_state_minutes_im": 180,
         *         "altered_state_minutes_intranasal_esketamine": 180,
         *         "altered_state_minutes_intranasal_racemic": 180,
         *         "altered_state_minutes_iv_infusion": 180,
         *         "altered_state_minutes_oral": 300,
         *         "altered_state_minutes_sc": 180,
         *         "altered_state_minutes_sublingual": 240,
         *         "charts_per_ten_minutes": 60,
         *         "cosign_days": 7,
         *         "critical_answer_minutes": 15,
         *         "effects_minimum_practices": 5,
         *         "emergency_access_hours": 4,
         *         "high_answer_minutes": 60,
         *         "invitation_days": 14,
         *         "late_entry_hours": 72,
         *         "majority_years": 18,
         *         "missed_reply_hours": 24,
         *         "moderate_answer_hours": 24,
         *         "observer_check_minutes": 15,
         *         "password_reset_hours": 24,
         *         "patient_idle_days": 30,
         *         "patient_sign_in_days": 90,
         *         "plan_answer_days": 7,
         *         "reflection_review_hours": 72,
         *         "remote_record": 1,
         *         "retention_years": 7,
         *         "service_secret_overlap_hours": 24,
         *         "share_release_days": 30,
         *         "sign_step_up": 1,
         *         "staff_idle_minutes": 60,
         *         "staff_sign_in_hours": 24,
         *         "withhold_days": 365
         *       },
         *       "owner_id": "019ab0de-0000-7000-8000-000000000002",
         *       "phone": "+1 555 0199",
         *       "address": "1 Willow Street, Springfield",
         *       "emergency_instruction": "Go to the emergency department of Springfield General."
         *     }
         */
        Clinic: components["schemas"]["Resource"] & {
            /** @description Name as patients know it. */
            name: string;
            /** @description IANA time zone of its hours. */
            time_zone: string;
            /** @description ISO 3166-1 alpha-2; decides which crisis resources are shown. */
            country: string;
            /** @description Short name, for signing in if an address is used in several clinics. */
            slug: string;
            /** @description Opening hours by weekday, in the clinic's time zone. */
            hours: {
                [key: string]: components["schemas"]["OpeningHours"][];
            };
            /** @description Every policy: the clinic's value, or the default. */
            policies: {
                [key: string]: number;
            };
            /**
             * Format: uuid
             * @description The admin to whom a task falls if nobody else can take it; the first admin until changed.
             */
            owner_id: string | null;
            /** @description Number that patients call; without one, nobody is told to call. */
            phone: string | null;
            /** @description Street and town of the clinic. */
            address: string | null;
            emergency_instruction: components["schemas"]["FieldEmergencyInstruction"];
        };
        /**
         * @description The fields that an admin can change. Absent fields stay as they are.
         * @example {
         *       "hours": {
         *         "fri": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "mon": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "thu": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "tue": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ],
         *         "wed": [
         *           {
         *             "closes": "17:00",
         *             "opens": "09:00"
         *           }
         *         ]
         *       },
         *       "policies": {
         *         "late_entry_hours": 48
         *       }
         *     }
         */
        ClinicUpdate: {
            /** @description Name as patients know it. */
            name?: string;
            /** @description IANA time zone. */
            time_zone?: string;
            /** @description ISO 3166-1 alpha-2; decides which crisis resources are shown. */
            country?: string;
            /** @description Opening hours by weekday, in the clinic's time zone; null: closed. */
            hours?: {
                [key: string]: components["schemas"]["OpeningHoursGiven"][] | null;
            };
            /** @description The clinic's own values; null: the default. */
            policies?: {
                [key: string]: number | null;
            };
            /**
             * Format: uuid
             * @description The admin to whom a task falls if nobody else can take it; the first admin until changed.
             */
            owner_id?: string;
            /** @description Number that patients call; without one, nobody is told to call. */
            phone?: string | null;
            /** @description Street and town of the clinic. */
            address?: string | null;
            /** @description The clinic's own advice for an emergency; shown with the crisis lines. */
            emergency_instruction?: string | null;
        };
        /**
         * @description One series of treatment for a patient.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000008",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "active",
         *       "indication": "Recurrent low mood",
         *       "intention": "To feel at home in my own days again",
         *       "planned_dosing_sessions": 6,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        Course: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Its present state. */
            state: components["schemas"]["CourseState"];
            /** @description Its purpose. */
            indication: string | null;
            /** @description The patient's hopes, in their words. */
            intention: string | null;
            /** @description Number of dosing sessions that are planned. */
            planned_dosing_sessions: number;
            /**
             * Format: uuid
             * @description The account that opened it.
             */
            created_by_id: string;
        };
        /**
         * @description A new course.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "active",
         *       "indication": "Recurrent low mood",
         *       "intention": "To feel at home in my own days again",
         *       "planned_dosing_sessions": 6
         *     }
         */
        CourseCreate: {
            id?: components["schemas"]["FieldId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * @description Its present state.
             * @default planned
             */
            state?: components["schemas"]["CourseState"];
            /** @description Its purpose. */
            indication?: string | null;
            /** @description The patient's hopes, in their words. */
            intention?: string | null;
            /**
             * @description Number of dosing sessions that are planned.
             * @default 0
             */
            planned_dosing_sessions?: number;
        };
        /**
         * @description The life of a course.
         * @enum {string}
         */
        CourseState: "planned" | "active" | "completed" | "discontinued";
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "state": "completed"
         *     }
         */
        CourseUpdate: {
            /** @description The new state; 409 for an illegal step. */
            state?: components["schemas"]["CourseState"];
            /** @description Its purpose. */
            indication?: string | null;
            /** @description The patient's hopes, in their words. */
            intention?: string | null;
            /** @description Number of dosing sessions that are planned. */
            planned_dosing_sessions?: number;
        };
        /** @description Somebody who answers now. */
        CrisisResource: {
            /** @description The organization that answers. */
            name: string;
            /** @description Emergency services, or somebody to talk to. */
            kind: components["schemas"]["CrisisResourceKind"];
            /** @description Number to dial or text. */
            contact: string;
            /** @description Instructions for use. */
            how: components["schemas"]["CrisisContactMethod"];
            /**
             * Format: date
             * @description Day of the last check against a source; null: not yet checked.
             */
            verified_on: string | null;
            /** @description The source it was checked against. */
            source: string | null;
        };
        /**
         * @description The help to show somebody in crisis in the clinic's country.
         * @example {
         *       "country": "US",
         *       "items": [
         *         {
         *           "name": "Emergency services",
         *           "kind": "emergency",
         *           "contact": "911",
         *           "how": "call",
         *           "verified_on": "2026-11-22",
         *           "source": "988lifeline.org"
         *         }
         *       ]
         *     }
         */
        CrisisResources: {
            /** @description ISO 3166-1 alpha-2; null: not known, so these are for any country. */
            country: string | null;
            /** @description Emergency services first. */
            items: components["schemas"]["CrisisResource"][];
        };
        /**
         * @description The grounds on which a request may be denied. Source: clinical.md section 2.4, 45 CFR 164.526(a)(2).
         * @enum {string}
         */
        DenialBasis: "not_created_here" | "not_part_of_record" | "not_open_to_inspection" | "accurate_and_complete";
        /**
         * @description A sign-in of yours that stands.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000c",
         *       "label": "Clinic laptop",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "last_used_at": "2026-11-02T09:00:00Z",
         *       "expires_at": "2026-11-03T09:00:00Z",
         *       "is_strong": true,
         *       "is_this_one": true
         *     }
         */
        Device: {
            /**
             * Format: uuid
             * @description The sign-in.
             */
            id: string;
            /** @description The name that the device gave itself. */
            label: string | null;
            /**
             * Format: date-time
             * @description When it began (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last got an access token by refreshing (UTC).
             */
            last_used_at: string;
            /**
             * Format: date-time
             * @description When it ends at the latest (UTC).
             */
            expires_at: string;
            /** @description Whether a second factor was given. */
            is_strong: boolean;
            /** @description Whether it is the one you ask with. */
            is_this_one: boolean;
        };
        /**
         * @description One disclosure of a part of a chart to somebody outside the clinic.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "recipient": "County court",
         *       "address": "1 Lake Road",
         *       "content": "Notes of November.",
         *       "purpose": "An order of the court.",
         *       "basis": "court",
         *       "disclosed_at": "2026-11-20T15:40:00Z",
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Wrong vial written down."
         *     }
         */
        Disclosure: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The person or body that was told. */
            recipient: string;
            /** @description Their address. */
            address: string | null;
            /** @description The part of the record that was told. */
            content: string;
            /** @description The purpose. */
            purpose: string;
            /** @description Its ground in law. */
            basis: components["schemas"]["DisclosureBasis"];
            /**
             * Format: date-time
             * @description When it was told (UTC).
             */
            disclosed_at: string;
            created_by_id: components["schemas"]["FieldCreatedById"];
            withdrawn_at: components["schemas"]["FieldWithdrawnAt"];
            withdrawn_by_id: components["schemas"]["FieldWithdrawnById"];
            /** @description Why it counts no more. */
            withdrawn_reason: string | null;
        };
        /**
         * @description The ground of a disclosure that an accounting names. Source: clinical.md section 2.4, 45 CFR 164.528.
         * @enum {string}
         */
        DisclosureBasis: "required_by_law" | "public_health" | "abuse_or_neglect" | "oversight" | "court" | "law_enforcement" | "deceased" | "research" | "serious_threat" | "government" | "workers_compensation" | "by_mistake" | "other";
        /**
         * @description A disclosure to record.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "recipient": "County court",
         *       "address": "1 Lake Road",
         *       "content": "Notes of November.",
         *       "purpose": "An order of the court.",
         *       "basis": "court",
         *       "disclosed_at": "2026-11-20T15:40:00Z"
         *     }
         */
        DisclosureCreate: {
            id?: components["schemas"]["FieldId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The person or body that was told. */
            recipient: string;
            /** @description Their address. */
            address?: string | null;
            /** @description The part of the record that was told. */
            content: string;
            /** @description The purpose. */
            purpose: string;
            /** @description Its ground in law. */
            basis: components["schemas"]["DisclosureBasis"];
            /**
             * Format: date-time
             * @description When it was told.
             */
            disclosed_at: string;
        };
        /** @description The change of distress (after minus before) over rated uses: below 0 is relief. */
        DistressChange: {
            /** @description Number of uses with distress before and after. */
            n: number;
            /** @description Mean change; null without such a use. */
            mean: number | null;
            /** @description Lower end of the 95 % interval (Student's t); null below n = 2. */
            low: number | null;
            /** @description Upper end of the 95 % interval. */
            high: number | null;
        };
        /**
         * @description The route of a dose. Source: clinical.md section 1.2.
         * @enum {string}
         */
        DoseRoute: "iv_infusion" | "im" | "sc" | "intranasal_racemic" | "intranasal_esketamine" | "sublingual" | "buccal" | "oral";
        /**
         * @description A chart that a clinician opened for a few hours. Its id is that of the care-team membership it made.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000c",
         *       "created_at": "2026-11-20T22:10:00Z",
         *       "updated_at": "2026-11-20T22:10:00Z",
         *       "version": 1,
         *       "reason_code": "crisis_call",
         *       "reason": "They called the front desk; nobody of their team can be reached.",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "ends_at": "2026-11-21T02:10:00Z",
         *       "reviewed_at": null,
         *       "reviewed_by_id": null,
         *       "outcome": null,
         *       "bar_lifted_at": null,
         *       "bar_lifted_by_id": null
         *     }
         */
        EmergencyAccess: components["schemas"]["Resource"] & {
            /** @description The kind of emergency. */
            reason_code: components["schemas"]["EmergencyReason"];
            /** @description The reason for the urgency, in the words of the person who opened it, at least 10 characters. */
            reason: string;
            /**
             * Format: uuid
             * @description The patient whose chart was opened.
             */
            patient_id: string;
            /**
             * Format: uuid
             * @description The account that opened it.
             */
            account_id: string;
            /**
             * Format: date-time
             * @description Until when the chart can be seen (UTC); it ends by itself.
             */
            ends_at: string;
            /**
             * Format: date-time
             * @description When a privacy officer reviewed it (UTC).
             */
            reviewed_at: string | null;
            /**
             * Format: uuid
             * @description The account that reviewed it.
             */
            reviewed_by_id: string | null;
            /** @description The finding of the review. */
            outcome: components["schemas"]["ReviewOutcome"] | null;
            /**
             * Format: date-time
             * @description When a privacy officer let them open the chart again after `not_justified`.
             */
            bar_lifted_at: string | null;
            /**
             * Format: uuid
             * @description The officer who lifted the bar.
             */
            bar_lifted_by_id: string | null;
        };
        /**
         * @description Why the chart must be opened now. A privacy officer reads it: say what made it urgent, nothing clinical.
         * @example {
         *       "reason_code": "crisis_call",
         *       "reason": "They called the front desk; nobody of their team can be reached."
         *     }
         */
        EmergencyOpen: {
            id?: components["schemas"]["FieldId2"];
            /** @description The kind of emergency. */
            reason_code: components["schemas"]["EmergencyReason"];
            /** @description The reason for the urgency, in the words of the person who opened it, at least 10 characters. */
            reason: string;
        };
        /**
         * @description Why a chart had to be opened.
         * @enum {string}
         */
        EmergencyReason: "danger_to_life" | "medical_event" | "crisis_call" | "team_unreachable" | "other";
        /**
         * @description The finding of the review.
         * @example {
         *       "outcome": "justified"
         *     }
         */
        EmergencyReview: {
            /** @description `not_justified` ends the access at once and bars another one on this chart. */
            outcome: components["schemas"]["ReviewOutcome"];
        };
        /** @description A second factor of yours. */
        Factor: {
            /**
             * Format: uuid
             * @description The factor.
             */
            id: string;
            /** @description `totp`: codes of an app; `passkey`: a key in a phone, computer or token. */
            kind: components["schemas"]["FactorKind"];
            /** @description The name you give it. */
            label: string | null;
            /**
             * Format: date-time
             * @description When it was begun (UTC).
             */
            created_at: string;
            /** @description Whether it counts: it does once it was used. */
            is_confirmed: boolean;
            /**
             * Format: date-time
             * @description When it was last used (UTC).
             */
            last_used_at: string | null;
        };
        /**
         * @description The factor counts from now on, and this sign-in is proved with it.
         * @example {
         *       "factor": {
         *         "id": "019ab0de-0000-7000-8000-00000000000c",
         *         "kind": "totp",
         *         "label": "Phone",
         *         "created_at": "2026-11-02T09:00:00Z",
         *         "is_confirmed": true,
         *         "last_used_at": "2026-11-02T09:00:00Z"
         *       },
         *       "access": {
         *         "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
         *         "token_type": "Bearer",
         *         "expires_in": 900
         *       }
         *     }
         */
        FactorAdded: {
            /** @description The new factor. */
            factor: components["schemas"]["Factor"];
            /** @description Use this access token from now on. */
            access: components["schemas"]["AccessToken"];
        };
        /**
         * @description The kinds of factors.
         * @enum {string}
         */
        FactorKind: "totp" | "passkey";
        /**
         * @description Your second factors: ten at the most.
         * @example {
         *       "items": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-00000000000c",
         *           "kind": "totp",
         *           "label": "Phone",
         *           "created_at": "2026-11-02T09:00:00Z",
         *           "is_confirmed": true,
         *           "last_used_at": "2026-11-02T09:00:00Z"
         *         }
         *       ],
         *       "recovery_codes_left": 10
         *     }
         */
        Factors: {
            /** @description Oldest first. */
            items: components["schemas"]["Factor"][];
            /** @description Recovery codes that were not used yet. */
            recovery_codes_left: number;
        };
        /** @description The changes of one field. */
        FieldDiff: {
            /** @description The name of the field or section. */
            field: string;
            /** @description In order: `same` and `removed` make up the text before, `same` and `added` that after. */
            parts: components["schemas"]["TextPart"][];
        };
        /**
         * @description A thing that has the words.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000009",
         *       "kind": "note",
         *       "at": "2026-11-20T15:00:00Z",
         *       "state": "signed",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "of_id": "019ab0de-0000-7000-8000-000000000013",
         *       "passage": "The lake was completely still."
         *     }
         */
        Found: {
            /**
             * Format: uuid
             * @description Identifier of the thing itself.
             */
            id: string;
            /** @description The kind of thing. */
            kind: components["schemas"]["FoundKind"];
            /**
             * Format: date-time
             * @description When it happened, or was written (UTC).
             */
            at: string;
            /** @description Its state, by the names of its kind. */
            state: string | null;
            /**
             * Format: uuid
             * @description The session it belongs to; for a session its own.
             */
            session_id: string | null;
            /**
             * Format: uuid
             * @description The note of an addendum, the reflection of a reply, the plan of a strategy or practice.
             */
            of_id: string | null;
            /** @description The text around the first of the words; at most 162 characters. */
            passage: string;
        };
        /**
         * @description The kind of a thing that search looks through. Each kind has one arm in `statements.py`.
         * @enum {string}
         */
        FoundKind: "session" | "note" | "addendum" | "reflection" | "reply" | "plan" | "strategy" | "practice" | "goal";
        /** @description A moment that was captured in a tap or two. */
        Fragment: {
            /** @description Its form; the member for it is given, and no other. */
            form: components["schemas"]["FragmentForm"];
            /** @description `word`: one word. */
            word: string | null;
            /** @description `mood`: three taps. */
            mood: components["schemas"]["MoodTaps"] | null;
            /** @description `body_map`: each region once. */
            regions: components["schemas"]["BodyPoint"][];
            /** @description `music`: a moment of a piece. */
            music: components["schemas"]["MusicMoment"] | null;
        };
        /** @description A moment, captured in a tap or two. */
        FragmentGiven: {
            /** @description Its form; the member for it is given, and no other. */
            form: components["schemas"]["FragmentForm"];
            /** @description `word`: one word. */
            word?: string | null;
            /** @description `mood`: three taps. */
            mood?: components["schemas"]["MoodTapsGiven"] | null;
            /** @description `body_map`: each region once. */
            regions?: components["schemas"]["BodyPointGiven"][];
            /** @description `music`: a moment of a piece. */
            music?: components["schemas"]["MusicMomentGiven"] | null;
        };
        /**
         * @description One goal of a chart.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "title": "Out of the flat again",
         *       "levels": [
         *         "I do not leave the flat.",
         *         "I go to the corner shop.",
         *         "I walk to the park twice a week.",
         *         "I walk to the park every day.",
         *         "I meet a friend in the park."
         *       ],
         *       "baseline_level": -1,
         *       "weight": 1,
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "first_rated_at": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "It was two goals in one.",
         *       "monitoring": null
         *     }
         */
        Goal: components["schemas"]["Resource"] & {
            /** @description The goal in a few words. */
            title: string;
            /** @description The five levels in words, from -2 (much less than expected) over 0 (expected) to +2. */
            levels: string[];
            /** @description The level at the start, usually -1. */
            baseline_level: number;
            /** @description Its weight in the T score: importance x difficulty. */
            weight: number;
            course_id: components["schemas"]["FieldCourseId2"];
            insight_id: components["schemas"]["FieldInsightId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: date-time
             * @description When it was first rated (UTC); its scale is fixed then.
             */
            first_rated_at: string | null;
            /**
             * Format: uuid
             * @description The account that wrote the goal down.
             */
            created_by_id: string;
            /**
             * Format: date-time
             * @description When it was withdrawn (UTC); no score counts it any more.
             */
            withdrawn_at: string | null;
            /**
             * Format: uuid
             * @description The account that withdrew the goal.
             */
            withdrawn_by_id: string | null;
            /** @description Why it is not worked on any more. */
            withdrawn_reason: string | null;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description A new goal.
         * @example {
         *       "title": "Out of the flat again",
         *       "levels": [
         *         "I do not leave the flat.",
         *         "I go to the corner shop.",
         *         "I walk to the park twice a week.",
         *         "I walk to the park every day.",
         *         "I meet a friend in the park."
         *       ],
         *       "baseline_level": -1,
         *       "weight": 1,
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004"
         *     }
         */
        GoalCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The goal in a few words. */
            title: string;
            levels: components["schemas"]["FieldLevels"];
            /**
             * @description The level at the start, usually -1.
             * @default -1
             */
            baseline_level?: number;
            /**
             * @description Its weight in the T score: importance x difficulty.
             * @default 1
             */
            weight?: number;
            course_id?: components["schemas"]["FieldCourseId2"];
            insight_id?: components["schemas"]["FieldInsightId2"];
            /**
             * Format: uuid
             * @description The patient; a patient can leave it out.
             */
            patient_id?: string | null;
        };
        /**
         * @description The level that you see reached. Of one side and day, the last rating counts.
         * @example {
         *       "level": 1,
         *       "rated_at": "2026-12-01T18:00:00Z",
         *       "remark": "Four walks this week."
         *     }
         */
        GoalRate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The level that is reached. */
            level: number;
            /**
             * Format: date-time
             * @description When, by the clock of the device (UTC).
             */
            rated_at: string;
            /** @description A few words on it. */
            remark?: string | null;
        };
        /**
         * @description One rating of a goal, by one side.
         * @example {
         *       "level": 1,
         *       "rated_at": "2026-12-01T18:00:00Z",
         *       "remark": "Four walks this week.",
         *       "id": "019ab0de-0000-7000-8000-000000000017",
         *       "created_at": "2026-12-01T18:00:00Z",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "goal_id": "019ab0de-0000-7000-8000-000000000016",
         *       "side": "patient",
         *       "rated_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "happened_at": "2026-11-20T21:10:00Z",
         *       "clock_skewed": false,
         *       "monitoring": null
         *     }
         */
        GoalRating: {
            /** @description The level that is reached. */
            level: number;
            /**
             * Format: date-time
             * @description When, by the clock of the device (UTC).
             */
            rated_at: string;
            /** @description A few words on it. */
            remark: string | null;
            /**
             * Format: uuid
             * @description Identifier of the rating.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the server stored the rating (UTC).
             */
            created_at: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The goal.
             */
            goal_id: string;
            /** @description The side that rated. */
            side: components["schemas"]["GoalSide"];
            /**
             * Format: uuid
             * @description The account that rated.
             */
            rated_by_id: string;
            happened_at: components["schemas"]["FieldHappenedAt"];
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description The two who rate: the patient, and the clinicians of the care team.
         * @enum {string}
         */
        GoalSide: "patient" | "clinician";
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "title": "Out of the flat, to the park"
         *     }
         */
        GoalUpdate: {
            /** @description The goal in a few words. */
            title?: string;
            levels?: components["schemas"]["FieldLevels"];
            /** @description The level at the start, usually -1. */
            baseline_level?: number;
            /** @description Its weight in the T score: importance x difficulty. */
            weight?: number;
            course_id?: components["schemas"]["FieldCourseId2"];
            insight_id?: components["schemas"]["FieldInsightId2"];
        };
        /**
         * @description Why it is put away.
         * @example {
         *       "reason": "It was two goals in one."
         *     }
         */
        GoalWithdraw: {
            /** @description Why it is not worked on any more. */
            reason: string;
        };
        /**
         * @description Whether it is well.
         * @example {
         *       "status": "ok"
         *     }
         */
        Health: {
            /** @description `ok`, or the answer is a 503. */
            status: string;
        };
        /**
         * @description The advice for this moment, and who was told.
         * @example {
         *       "told": "team",
         *       "answer_by": "2026-11-20T21:29:00Z",
         *       "text": "If you are in danger, call 911 (Emergency services). Your care team is told now.",
         *       "clinic_phone": "+1 555 0199",
         *       "clinic_is_open": false,
         *       "clinic_opens_at": "2026-11-23T14:00:00Z",
         *       "crisis_resources": [
         *         {
         *           "name": "Emergency services",
         *           "kind": "emergency",
         *           "contact": "911",
         *           "how": "call",
         *           "verified_on": "2026-11-22",
         *           "source": "988lifeline.org"
         *         }
         *       ]
         *     }
         */
        HelpAnswer: {
            /** @description Those who were told; `nobody`: do not wait for an answer. */
            told: components["schemas"]["ToldGroup"];
            /**
             * Format: date-time
             * @description Until when they mean to answer (UTC); null: nobody will.
             */
            answer_by: string | null;
            /** @description Advice for this moment in plain sentences, to be shown as it is. */
            text: string;
            /** @description The clinic's number. */
            clinic_phone: string | null;
            /** @description Whether the clinic is open now. */
            clinic_is_open: boolean;
            /**
             * Format: date-time
             * @description When it opens next (UTC); null: it is open, or has no hours.
             */
            clinic_opens_at: string | null;
            crisis_resources: components["schemas"]["FieldCrisisResources"];
        };
        /**
         * @description A patient's day: the first rows of each list, and whom to call.
         * @example {
         *       "time_zone": "America/New_York",
         *       "today": "2026-11-30",
         *       "clinic_phone": "+1 555 0199",
         *       "emergency_instruction": "Go to the emergency department of Springfield General.",
         *       "unread": 1,
         *       "inbox": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000006",
         *           "kind": "plan_to_answer",
         *           "subject_id": "019ab0de-0000-7000-8000-000000000010",
         *           "title": "The back step",
         *           "from_name": "Imani Vale",
         *           "opened_at": "2026-11-03T18:20:00Z",
         *           "read_at": null
         *         }
         *       ],
         *       "sessions": [],
         *       "plans": [],
         *       "occurrences": [],
         *       "reflections": [],
         *       "practices": []
         *     }
         */
        Home: {
            /** @description IANA time zone that the patient lives by. */
            time_zone: string;
            /**
             * Format: date
             * @description The day by the patient's calendar.
             */
            today: string;
            /** @description Number that patients call; without one, nobody is told to call. */
            clinic_phone: string | null;
            emergency_instruction: components["schemas"]["FieldEmergencyInstruction"];
            /** @description Unread items of the inbox; 100 means 100 or more. */
            unread: number;
            /** @description The newest 5 that are unread; all: `GET /v1/me/inbox`. */
            inbox: components["schemas"]["InboxItem"][];
            /** @description The next 5; all: `GET /v1/sessions`. */
            sessions: components["schemas"]["Session"][];
            /** @description The newest 10 active plans; all: `GET /v1/plans`. */
            plans: components["schemas"]["Plan"][];
            /** @description When their strategies are due today. */
            occurrences: components["schemas"]["Occurrence"][];
            /** @description The newest 5; all: `GET /v1/reflections`. */
            reflections: components["schemas"]["Reflection"][];
            /** @description The last 5; all: `GET /v1/practices`. */
            practices: components["schemas"]["Practice"][];
        };
        /**
         * @description One thing that the care team did and you are to know of.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000006",
         *       "kind": "plan_to_answer",
         *       "subject_id": "019ab0de-0000-7000-8000-000000000010",
         *       "title": "The back step",
         *       "from_name": "Imani Vale",
         *       "opened_at": "2026-11-03T18:20:00Z",
         *       "read_at": null
         *     }
         */
        InboxItem: {
            /**
             * Format: uuid
             * @description Identifier of the item.
             */
            id: string;
            /** @description The kind of thing. */
            kind: components["schemas"]["InboxKind"];
            /**
             * Format: uuid
             * @description The plan, the reflection of a reply, or the note that was entered in error.
             */
            subject_id: string;
            /** @description The plan's title, or the first words of the reflection. */
            title: string | null;
            /** @description The name of who replied last; null for a plan. */
            from_name: string | null;
            /**
             * Format: date-time
             * @description When it happened (UTC).
             */
            opened_at: string;
            /**
             * Format: date-time
             * @description When it was marked as read (UTC); null if it is unread.
             */
            read_at: string | null;
        };
        /**
         * @description The kinds of things that a patient is told.
         * @enum {string}
         */
        InboxKind: "plan_to_answer" | "plan_shared" | "plan_accepted" | "plan_declined" | "plan_paused" | "plan_resumed" | "plan_ended" | "reply_to_read" | "note_withdrawn" | "safety_plan_to_confirm" | "amendment_request_answered";
        /** @description One short statement that a plan can point to. */
        Insight: {
            /**
             * Format: uuid
             * @description Its id, which stays.
             */
            id: string;
            /** @description The statement. */
            text: string;
        };
        /** @description One short statement that a plan can point to. */
        InsightGiven: {
            /**
             * Format: uuid
             * @description Its id: the one it has, your own, or none for a new one.
             */
            id?: string | null;
            /** @description The statement. */
            text: string;
        };
        /**
         * @description The thing whose intention a dosing session had: its own, or that of its course.
         * @enum {string}
         */
        IntentionSource: "session" | "course";
        /**
         * @description A one-time code. It is shown only here: hand it over in person or by a channel you trust.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000003",
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "code": "AZqw3gAAcACAAAAAAAAAAQ-one-time-code",
         *       "expires_at": "2026-11-16T09:00:00Z"
         *     }
         */
        Invitation: {
            /**
             * Format: uuid
             * @description The invitation.
             */
            id: string;
            /**
             * Format: uuid
             * @description The account it opens.
             */
            account_id: string;
            /** @description Works once. */
            code: string;
            /**
             * Format: date-time
             * @description The code stops working then (UTC).
             */
            expires_at: string;
        };
        /**
         * @description The person to invite: a member of staff's account, or a patient.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        InvitationCreate: {
            /**
             * Format: uuid
             * @description A staff account that an admin made.
             */
            account_id?: string | null;
            /**
             * Format: uuid
             * @description A patient whose chart has an e-mail address.
             */
            patient_id?: string | null;
        };
        JsonValue: unknown;
        /**
         * @description One thing that happened: ids and fixed words, never a name or text.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000a",
         *       "at": "2026-11-20T15:04:00Z",
         *       "outcome": "done",
         *       "reason": null,
         *       "actor_role": "therapist",
         *       "event": "session.started",
         *       "action": "session:start",
         *       "actor_id": "019ab0de-0000-7000-8000-000000000002",
         *       "subject_id": "019ab0de-0000-7000-8000-000000000009",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b"
         *     }
         */
        LedgerEntry: {
            /**
             * Format: uuid
             * @description Identifier of the entry, UUID version 7.
             */
            id: string;
            at: components["schemas"]["FieldAt"];
            /** @description Whether it was done or refused. */
            outcome: components["schemas"]["Outcome"];
            /** @description The code of a refusal. */
            reason: string | null;
            /** @description The role by which the policy allowed it. If an account holds several that do, the first of `clinic_admin`, `therapist`, `prescriber`, `supervisor`, `auditor`, `privacy_officer`: not the role on the care team. */
            actor_role: components["schemas"]["Role"] | null;
            /** @description The Event that happened. */
            event: components["schemas"]["EventName"];
            /** @description The action that was asked for. */
            action: components["schemas"]["ActionName"];
            /**
             * Format: uuid
             * @description The account that asked; null if nobody was signed in.
             */
            actor_id: string | null;
            /**
             * Format: uuid
             * @description The thing it was done to.
             */
            subject_id: string | null;
            /**
             * Format: uuid
             * @description The patient whose chart it was in.
             */
            patient_id: string | null;
            /** @description The request, as the client was told. */
            request_id: string;
        };
        /**
         * @description A strategy to start from: copy it into a plan and make it the patient's own.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "category": "nature_contact",
         *       "title": "Ten minutes under open sky",
         *       "description": "Our courtyard is open to patients until six.",
         *       "if_cue": "If I have been indoors since morning",
         *       "then_action": "then I go out for ten minutes and look for three living things.",
         *       "source": "clinic"
         *     }
         */
        LibraryEntry: components["schemas"]["Resource"] & {
            /** @description The kind of strategy. */
            category: components["schemas"]["StrategyCategory"];
            /** @description A few words. */
            title: string;
            /** @description A description, and how to do it. */
            description: string | null;
            /** @description A suggestion for the cue: when, where or at which feeling. */
            if_cue: string;
            /** @description A suggestion for the action: what to do then. */
            then_action: string;
            /** @description `built_in` comes with the product; `clinic` is the clinic's own. */
            source: components["schemas"]["LibrarySource"];
        };
        /**
         * @description A new entry of the clinic's own.
         * @example {
         *       "category": "nature_contact",
         *       "title": "Ten minutes under open sky",
         *       "description": "Our courtyard is open to patients until six.",
         *       "if_cue": "If I have been indoors since morning",
         *       "then_action": "then I go out for ten minutes and look for three living things."
         *     }
         */
        LibraryEntryCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The kind of strategy. */
            category: components["schemas"]["StrategyCategory"];
            /** @description A few words. */
            title: string;
            /** @description A description, and how to do it. */
            description?: string | null;
            /** @description A suggestion for the cue: when, where or at which feeling. */
            if_cue: string;
            /** @description A suggestion for the action: what to do then. */
            then_action: string;
        };
        /**
         * @description Whose entry it is.
         * @enum {string}
         */
        LibrarySource: "built_in" | "clinic";
        /**
         * @description The signed-in account.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000002",
         *       "clinic_id": "019ab0de-0000-7000-8000-000000000001",
         *       "roles": [
         *         "therapist"
         *       ],
         *       "patient_id": null,
         *       "name": "Imani Vale",
         *       "credential": "LMFT"
         *     }
         */
        Me: {
            /**
             * Format: uuid
             * @description The account.
             */
            id: string;
            /**
             * Format: uuid
             * @description Its clinic.
             */
            clinic_id: string;
            /** @description The roles it holds. */
            roles: components["schemas"]["Role"][];
            /**
             * Format: uuid
             * @description The chart that is this person's own; null for staff.
             */
            patient_id: string | null;
            /** @description Name of a member of staff; a patient's name is in the chart. */
            name: string | null;
            /** @description Professional credential, as it is shown on signed notes. */
            credential: string | null;
        };
        /**
         * @description The media types that may be attached: those that a browser shows and that hold no program to run.
         * @enum {string}
         */
        MediaType: "image/jpeg" | "image/png" | "image/webp" | "audio/mpeg" | "audio/mp4" | "audio/ogg" | "audio/webm" | "audio/wav" | "application/pdf";
        /**
         * @description One medicine, or another substance, that a patient takes or took.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "name": "Sertraline",
         *       "kind": "prescribed",
         *       "dose": "50 mg in the morning",
         *       "started_on": "2026-03-02",
         *       "ended_on": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Wrong vial written down.",
         *       "monitoring": null
         *     }
         */
        Medicine: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The name of the medicine or substance. */
            name: string;
            /** @description The way in which the patient comes to take it. */
            kind: components["schemas"]["MedicineKind"];
            /** @description The dose as it is taken: how much, and how often. */
            dose: string | null;
            started_on: components["schemas"]["FieldStartedOn"];
            ended_on: components["schemas"]["FieldEndedOn"];
            /**
             * Format: uuid
             * @description The account that wrote it: the patient's, or of staff.
             */
            created_by_id: string;
            withdrawn_at: components["schemas"]["FieldWithdrawnAt"];
            /**
             * Format: uuid
             * @description The account that withdrew it.
             */
            withdrawn_by_id: string | null;
            /** @description Why it counts no more. */
            withdrawn_reason: string | null;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description A new medicine.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "name": "Sertraline",
         *       "kind": "prescribed",
         *       "dose": "50 mg in the morning",
         *       "started_on": "2026-03-02"
         *     }
         */
        MedicineCreate: {
            id?: components["schemas"]["FieldId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The name of the medicine or substance. */
            name: string;
            /** @description The way in which the patient comes to take it. */
            kind: components["schemas"]["MedicineKind"];
            dose?: components["schemas"]["FieldDose"];
            started_on?: components["schemas"]["FieldStartedOn"];
            ended_on?: components["schemas"]["FieldEndedOn"];
        };
        /**
         * @description The way in which somebody comes to take it.
         * @enum {string}
         */
        MedicineKind: "prescribed" | "over_the_counter" | "supplement" | "substance";
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "ended_on": "2026-11-20"
         *     }
         */
        MedicineUpdate: {
            /** @description The name of the medicine or substance. */
            name?: string;
            /** @description The way in which the patient comes to take it. */
            kind?: components["schemas"]["MedicineKind"];
            dose?: components["schemas"]["FieldDose"];
            started_on?: components["schemas"]["FieldStartedOn"];
            ended_on?: components["schemas"]["FieldEndedOn"];
        };
        /**
         * @description The place of the people: in one room, or connected.
         * @enum {string}
         */
        Modality: "in_person" | "telehealth";
        /** @description The statement to the patient: who, if anybody, watches, who reviews by when, and whom to call. */
        Monitoring: {
            /**
             * Format: date-time
             * @description When it was said (UTC); it was true then.
             */
            stated_at: string;
            /** @description Always false: nobody watches entries as they come in. */
            is_monitored_now: boolean;
            /**
             * Format: date-time
             * @description Until when the care team means to read it; null: no time is set.
             */
            reviewed_by: string | null;
            /** @description The one who means to answer by then; null: nobody is named. Absent in old ones. */
            answered_by: components["schemas"]["Answerer"] | null;
            /**
             * Format: date-time
             * @description When the clinic opens next; null: it is open now, or has no hours.
             */
            clinic_opens_at: string | null;
            /** @description The statement in plain sentences, to be shown as it is. */
            text: string;
            /** @description Those who were told; null: nobody is told of what is private. */
            told: components["schemas"]["ToldGroup"] | null;
            /** @description The crisis lines that answer now, emergency services first. */
            crisis_resources: components["schemas"]["CrisisResource"][];
        };
        /** @description Three taps. */
        MoodTaps: {
            /** @description Mood, 0 (not at all good) to 10. */
            mood: number;
            /** @description Anxiety, 0 (not at all) to 10. */
            anxiety: number;
            /** @description Feeling connected, 0 (not at all) to 10. */
            connection: number;
        };
        /** @description Three taps: all of them, in one go. */
        MoodTapsGiven: {
            /** @description Mood, 0 (not at all good) to 10. */
            mood: number;
            /** @description Anxiety, 0 (not at all) to 10. */
            anxiety: number;
            /** @description Feeling connected, 0 (not at all) to 10. */
            connection: number;
        };
        /** @description A moment of a piece of music. */
        MusicMoment: {
            /** @description The piece, in own words. */
            title: string;
            /** @description The moment in the piece, in seconds. */
            at_seconds: number | null;
        };
        /** @description A moment of a piece of music. */
        MusicMomentGiven: {
            /** @description The piece, in own words. */
            title: string;
            /** @description The moment in the piece, in seconds. */
            at_seconds?: number | null;
        };
        /**
         * @description The safety plan to keep on a phone, with crisis lines.
         * @example {
         *       "plan": null,
         *       "crisis_resources": [
         *         {
         *           "name": "Emergency services",
         *           "kind": "emergency",
         *           "contact": "911",
         *           "how": "call",
         *           "verified_on": "2026-11-22",
         *           "source": "988lifeline.org"
         *         }
         *       ]
         *     }
         */
        MySafetyPlan: {
            /** @description The version in force; null if there is none yet. */
            plan: components["schemas"]["SafetyPlan"] | null;
            crisis_resources: components["schemas"]["FieldCrisisResources"];
        };
        /**
         * @description Why an item was not attempted.
         * @enum {string}
         */
        NotAttempted: "blocked" | "out_of_time" | "out_of_room";
        /**
         * @description Read one note with its addenda.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000020",
         *       "created_at": "2026-11-21T15:40:00Z",
         *       "updated_at": "2026-11-22T09:30:00Z",
         *       "version": 4,
         *       "content_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *       "signature": null,
         *       "cosignature": null,
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "format": "dap",
         *       "sections": {
         *         "assessment": "Finds words for what was nameless before; no risk was voiced.",
         *         "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
         *         "plan": "Ten minutes in the garden each morning; next integration session in a week."
         *       },
         *       "captured_at": null,
         *       "needs_cosign": false,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "signed",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "returns": [],
         *       "content_version": 1,
         *       "happened_at": "2026-11-20T21:10:00Z",
         *       "clock_skewed": false,
         *       "service_at": "2026-11-21T15:00:00Z",
         *       "is_late_entry": false,
         *       "late_entry_reason": null,
         *       "entered_in_error_at": null,
         *       "error_reason": null,
         *       "filed": null,
         *       "sharing": {
         *         "state": "shared",
         *         "reason_code": null,
         *         "until": null
         *       },
         *       "addenda_count": 1,
         *       "conflict_of_id": "019ab0de-0000-7000-8000-000000000008",
         *       "source": null,
         *       "carried_from_id": null,
         *       "disagreements": [],
         *       "allowed_actions": [
         *         "add_addendum",
         *         "amend",
         *         "enter_in_error",
         *         "set_sharing"
         *       ],
         *       "addenda": [
         *         {
         *           "text": "The patient called: the garden is a park near the station.",
         *           "id": "019ab0de-0000-7000-8000-000000000021",
         *           "created_at": "2026-11-22T09:30:00Z",
         *           "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *           "note_id": "019ab0de-0000-7000-8000-000000000020",
         *           "text_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *           "author_id": "019ab0de-0000-7000-8000-000000000002",
         *           "author_name": "Imani Vale",
         *           "author_credential": "LMFT"
         *         }
         *       ],
         *       "monitoring": null
         *     }
         */
        Note: components["schemas"]["NoteItem"] & {
            /** @description Its addenda, oldest first. */
            addenda: components["schemas"]["NoteAddendum"][];
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description An addition to a signed note by somebody of the team. It never changes.
         * @example {
         *       "text": "The patient called: the garden is a park near the station.",
         *       "id": "019ab0de-0000-7000-8000-000000000021",
         *       "created_at": "2026-11-22T09:30:00Z",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "note_id": "019ab0de-0000-7000-8000-000000000020",
         *       "text_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "author_name": "Imani Vale",
         *       "author_credential": "LMFT"
         *     }
         */
        NoteAddendum: {
            /** @description The text that is added. */
            text: string;
            /**
             * Format: uuid
             * @description Identifier of the addendum, UUID version 7.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was added (UTC).
             */
            created_at: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The note.
             */
            note_id: string;
            /** @description SHA-256 of the text's UTF-8 bytes, hexadecimal. */
            text_sha256: string;
            /**
             * Format: uuid
             * @description The account that added it.
             */
            author_id: string;
            /** @description Their name then. */
            author_name: string | null;
            /** @description Their credential then. */
            author_credential: string | null;
        };
        /**
         * @description The text to add.
         * @example {
         *       "text": "The patient called: the garden is a park near the station."
         *     }
         */
        NoteAddendumCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The text that is added. */
            text: string;
        };
        /**
         * @description New content that takes the place of the old, which is kept. It is signed by the same act.
         * @example {
         *       "sections": {
         *         "assessment": "Finds words for what was nameless before; no risk was voiced.",
         *         "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
         *         "plan": "Ten minutes in the park."
         *       },
         *       "reason": "It is a park, not a garden."
         *     }
         */
        NoteAmend: {
            /** @description The whole new content: every section of the format. */
            sections: {
                [key: string]: string;
            };
            /** @description Why it is amended. */
            reason: string;
        };
        /**
         * @description A new draft. Sections may be missing or empty until it is signed.
         * @example {
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "format": "dap",
         *       "sections": {
         *         "assessment": "Finds words for what was nameless before; no risk was voiced.",
         *         "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
         *         "plan": "Ten minutes in the garden each morning; next integration session in a week."
         *       },
         *       "needs_cosign": false,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "source": {
         *         "kind": "scribe",
         *         "tool": "Quiet Scribe",
         *         "tool_version": "4.2",
         *         "patient_consented": true
         *       }
         *     }
         */
        NoteCreate: {
            id?: components["schemas"]["FieldId2"];
            /**
             * Format: uuid
             * @description The session it is about.
             */
            session_id: string;
            /** @description Its layout; decides the sections, and cannot change. */
            format: components["schemas"]["NoteFormat"];
            /** @description Text by section key, as the format names them. */
            sections?: {
                [key: string]: string;
            };
            captured_at?: components["schemas"]["FieldCapturedAt"];
            /**
             * @description Whether a supervisor must co-sign it; true if the author is supervised.
             * @default false
             */
            needs_cosign?: boolean;
            /**
             * Format: uuid
             * @description The patient; if given, the session must be theirs.
             */
            patient_id?: string | null;
            /** @description The tool that it was made with, if any. */
            source?: components["schemas"]["NoteSourceGiven"] | null;
            /**
             * @description Begin with the plan of the last signed note that you may read, if there is one.
             * @default false
             */
            carry_forward?: boolean;
        };
        /**
         * @description The changes between two signed contents of a note, section by section.
         * @example {
         *       "note_id": "019ab0de-0000-7000-8000-000000000020",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "from_number": 1,
         *       "to_number": 2,
         *       "sections": [
         *         {
         *           "field": "plan",
         *           "parts": [
         *             {
         *               "kind": "added",
         *               "text": "two"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        NoteDiff: {
            /**
             * Format: uuid
             * @description The note.
             */
            note_id: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The number of the earlier one; 0 for nothing. */
            from_number: number;
            /** @description The number of the later one. */
            to_number: number;
            /** @description Each section that has or had a text. */
            sections: components["schemas"]["FieldDiff"][];
        };
        /**
         * @description A statement of disagreement.
         * @example {
         *       "text": "I did not say that."
         *     }
         */
        NoteDisagree: {
            /** @description The statement; it cannot be changed later. */
            text: string;
        };
        /** @description One statement of the patient, which goes wherever the note goes. */
        NoteDisagreement: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was written (UTC).
             */
            at: string;
            /** @description The statement; it cannot be changed later. */
            text: string;
        };
        /**
         * @description The layout of a note; each format has its sections. Source: clinical.md section 2.1.
         * @enum {string}
         */
        NoteFormat: "soap" | "dap" | "birp" | "girp" | "pirp" | "narrative" | "kap_preparation" | "kap_dosing" | "kap_integration";
        /**
         * @description A note as lists show it.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000020",
         *       "created_at": "2026-11-21T15:40:00Z",
         *       "updated_at": "2026-11-22T09:30:00Z",
         *       "version": 4,
         *       "content_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *       "signature": null,
         *       "cosignature": null,
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "format": "dap",
         *       "sections": {
         *         "assessment": "Finds words for what was nameless before; no risk was voiced.",
         *         "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
         *         "plan": "Ten minutes in the garden each morning; next integration session in a week."
         *       },
         *       "captured_at": null,
         *       "needs_cosign": false,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "signed",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "returns": [],
         *       "content_version": 1,
         *       "happened_at": "2026-11-20T21:10:00Z",
         *       "clock_skewed": false,
         *       "service_at": "2026-11-21T15:00:00Z",
         *       "is_late_entry": false,
         *       "late_entry_reason": null,
         *       "entered_in_error_at": null,
         *       "error_reason": null,
         *       "filed": null,
         *       "sharing": {
         *         "state": "shared",
         *         "reason_code": null,
         *         "until": null
         *       },
         *       "addenda_count": 1,
         *       "conflict_of_id": "019ab0de-0000-7000-8000-000000000008",
         *       "source": null,
         *       "carried_from_id": null,
         *       "disagreements": [],
         *       "allowed_actions": [
         *         "add_addendum",
         *         "amend",
         *         "enter_in_error",
         *         "set_sharing"
         *       ]
         *     }
         */
        NoteItem: components["schemas"]["Resource"] & {
            content_sha256: components["schemas"]["FieldContentSha256"];
            /** @description The author's signature under this content, or their successor's. */
            signature: components["schemas"]["NoteSignature"] | null;
            /** @description The supervisor's signature under this content. */
            cosignature: components["schemas"]["NoteSignature"] | null;
            /**
             * Format: uuid
             * @description The session it is about.
             */
            session_id: string;
            /** @description Its layout; decides the sections, and cannot change. */
            format: components["schemas"]["NoteFormat"];
            /** @description Text by section key, as the format names them. */
            sections: {
                [key: string]: string;
            };
            captured_at: components["schemas"]["FieldCapturedAt"];
            needs_cosign: components["schemas"]["FieldNeedsCosign"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Its present state. */
            state: components["schemas"]["NoteState"];
            /**
             * Format: uuid
             * @description The account that began it.
             */
            author_id: string;
            returns: components["schemas"]["FieldReturns"];
            /** @description Which signed content this is, counted from 1; 0 before it is final. */
            content_version: number;
            happened_at: components["schemas"]["FieldHappenedAt"];
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            service_at: components["schemas"]["FieldServiceAt"];
            /** @description Whether it was signed late by the clinic's policy. */
            is_late_entry: boolean;
            /** @description Why it is late. */
            late_entry_reason: string | null;
            /**
             * Format: date-time
             * @description When it was declared an error (UTC).
             */
            entered_in_error_at: string | null;
            /** @description Why it was an error. */
            error_reason: string | null;
            /** @description The filing without a signature, if its author is gone. */
            filed: components["schemas"]["NoteReturned"] | null;
            /** @description The part that the patient sees. */
            sharing: components["schemas"]["NoteSharing"];
            /** @description Number of addenda, at most 100. */
            addenda_count: number;
            conflict_of_id: components["schemas"]["FieldConflictOfId"];
            /** @description The tool that it was made with, if any; it stays after signing. */
            source: components["schemas"]["NoteSource"] | null;
            /**
             * Format: uuid
             * @description The note whose plan it began with.
             */
            carried_from_id: string | null;
            disagreements: components["schemas"]["FieldDisagreements"];
            allowed_actions: components["schemas"]["FieldAllowedActions"];
        };
        /**
         * @description The proof that the sealed ledger holds the signatures under one content. It holds no word of the note.
         * @example {
         *       "note_id": "019ab0de-0000-7000-8000-000000000020",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "content_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *       "signatures": [
         *         {
         *           "at": "2026-11-21T16:05:00Z",
         *           "account_id": "019ab0de-0000-7000-8000-000000000002",
         *           "name": "Imani Vale",
         *           "credential": "LMFT",
         *           "attestation": "I wrote this note, and it is a true record of what I saw, heard and did.",
         *           "signed_as": "author",
         *           "entry": {
         *             "clinic_id": "019ab0de-0000-7000-8000-000000000001",
         *             "id": "019ab0de-0000-7000-8000-00000000000a",
         *             "at": "2026-11-21T16:05:00Z",
         *             "event": "note.signed",
         *             "action": "note:sign",
         *             "outcome": "done",
         *             "reason": null,
         *             "actor_id": "019ab0de-0000-7000-8000-000000000002",
         *             "actor_role": "therapist",
         *             "subject_id": "019ab0de-0000-7000-8000-000000000020",
         *             "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *             "purpose": "treatment",
         *             "digest": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "is_private": false,
         *             "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
         *             "changed": null
         *           },
         *           "position": 412,
         *           "leaf": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *           "path": [
         *             "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
         *           ],
         *           "seal": {
         *             "clinic_id": "019ab0de-0000-7000-8000-000000000001",
         *             "id": "019ab0de-0000-7000-8000-00000000000b",
         *             "number": 97,
         *             "encoding": 2,
         *             "first_position": 410,
         *             "row_count": 4,
         *             "root": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "previous_head": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "head": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "signature": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e79a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "key_id": "9a27c0ffb2b7d0b0",
         *             "public_key": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *             "sealed_at": "2026-11-21T16:05:04Z",
         *             "reached_at": "2026-11-21T16:05:04Z"
         *           }
         *         }
         *       ]
         *     }
         */
        NoteProof: {
            /**
             * Format: uuid
             * @description The note.
             */
            note_id: string;
            /**
             * Format: uuid
             * @description The patient whose chart it is in.
             */
            patient_id: string;
            /** @description SHA-256 of the signed content, as the note itself tells it. */
            content_sha256: string;
            /** @description The author's signature, then the co-signer's if any. */
            signatures: components["schemas"]["SignatureProof"][];
        };
        /**
         * @description Why a note goes back to its author, was an error, or is filed without a signature.
         * @example {
         *       "reason": "Written into the wrong chart."
         *     }
         */
        NoteReason: {
            /** @description Why; the patient never sees it. */
            reason: string;
        };
        /** @description One time a supervisor gave the note back, or filed it. */
        NoteReturned: {
            /**
             * Format: date-time
             * @description When (UTC).
             */
            at: string;
            /**
             * Format: uuid
             * @description The supervisor.
             */
            account_id: string;
            /** @description Why. */
            reason: string;
        };
        /**
         * @description Let the patient see the note, or withhold it for a time. Withholding needs a reason and an end.
         * @example {
         *       "state": "withheld",
         *       "reason_code": "danger_to_life",
         *       "until": "2026-12-01T09:00:00Z"
         *     }
         */
        NoteSetSharing: {
            /** @description Shared, or withheld for a time. */
            state: components["schemas"]["SharingState"];
            /** @description Why it is withheld; needed to withhold it. */
            reason_code?: components["schemas"]["WithholdReason"] | null;
            until?: components["schemas"]["FieldUntil"];
        };
        /** @description Whether the patient sees the note once it is signed; as it is now. */
        NoteSharing: {
            /** @description Shared, or withheld for a time. */
            state: components["schemas"]["SharingState"];
            /** @description Why it is withheld; needed to withhold it. */
            reason_code: components["schemas"]["WithholdReason"] | null;
            until: components["schemas"]["FieldUntil"];
        };
        /**
         * @description Facts that signing may need. The body may be absent.
         * @example {
         *       "late_entry_reason": "The network was down for three days.",
         *       "needs_cosign": true
         *     }
         */
        NoteSign: {
            /** @description Why it is late; given, it labels the note. */
            late_entry_reason?: string | null;
            needs_cosign?: components["schemas"]["FieldNeedsCosign"];
        };
        /** @description One person's signature, as they were when they signed. */
        NoteSignature: {
            /**
             * Format: date-time
             * @description When it was signed (UTC).
             */
            at: string;
            /**
             * Format: uuid
             * @description The account that signed.
             */
            account_id: string;
            /** @description Their name then. */
            name: string | null;
            /** @description Their credential then. */
            credential: string | null;
            /** @description The statement that they signed. */
            attestation: string;
        };
        /** @description The tool that the draft was made with. The label stays when the note is signed. */
        NoteSource: {
            /** @description The kind of tool. */
            kind: components["schemas"]["SourceKind"];
            /** @description The tool. */
            tool: string;
            /** @description Its version, or that of its model. */
            tool_version: string;
            patient_consented: components["schemas"]["FieldPatientConsented"];
        };
        /** @description The parts of the label that change. A first one names all. */
        NoteSourceChange: {
            /** @description The kind of tool. */
            kind?: components["schemas"]["SourceKind"];
            /** @description The tool. */
            tool?: string;
            /** @description Its version, or that of its model. */
            tool_version?: string;
            patient_consented?: components["schemas"]["FieldPatientConsented"];
        };
        /** @description The tool that a draft was made with. */
        NoteSourceGiven: {
            /** @description The kind of tool. */
            kind: components["schemas"]["SourceKind"];
            /** @description The tool. */
            tool: string;
            /** @description Its version, or that of its model. */
            tool_version: string;
            patient_consented: components["schemas"]["FieldPatientConsented"];
        };
        /**
         * @description The life of a note. Source: clinical.md section 2.2.
         * @enum {string}
         */
        NoteState: "draft" | "pending_cosign" | "signed" | "amended" | "entered_in_error" | "filed_unsigned";
        /**
         * @description The steps that a note can take; named after the Actions.
         * @enum {string}
         */
        NoteStep: "update" | "delete" | "sign" | "cosign" | "return" | "add_addendum" | "amend" | "enter_in_error" | "set_sharing" | "file_unsigned" | "add_disagreement";
        /**
         * @description The fields to change in a draft. Absent fields and absent sections stay.
         * @example {
         *       "sections": {
         *         "plan": "Ten minutes in the garden each morning; next integration session in a week."
         *       }
         *     }
         */
        NoteUpdate: {
            /** @description New text by section key; null removes. */
            sections?: {
                [key: string]: string | null;
            };
            captured_at?: components["schemas"]["FieldCapturedAt"];
            needs_cosign?: components["schemas"]["FieldNeedsCosign"];
            /** @description The tool that it was made with; never taken away. */
            source?: components["schemas"]["NoteSourceChange"];
        };
        /**
         * @description One content of a note, as it was finally signed. It never changes.
         * @example {
         *       "content_sha256": "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7",
         *       "signature": null,
         *       "cosignature": null,
         *       "id": "019ab0de-0000-7000-8000-000000000022",
         *       "created_at": "2026-11-21T16:05:00Z",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "note_id": "019ab0de-0000-7000-8000-000000000020",
         *       "number": 1,
         *       "sections": {
         *         "assessment": "Finds words for what was nameless before; no risk was voiced.",
         *         "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
         *         "plan": "Ten minutes in the garden each morning; next integration session in a week."
         *       },
         *       "reason": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        NoteVersion: {
            content_sha256: components["schemas"]["FieldContentSha256"];
            /** @description The author's signature under this content, or their successor's. */
            signature: components["schemas"]["NoteSignature"] | null;
            /** @description The supervisor's signature under this content. */
            cosignature: components["schemas"]["NoteSignature"] | null;
            /**
             * Format: uuid
             * @description Identifier of the version, UUID version 7.
             */
            id: string;
            /**
             * Format: date-time
             * @description Since when it stands (UTC).
             */
            created_at: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The note.
             */
            note_id: string;
            /** @description Counted from 1; each amendment adds one. */
            number: number;
            /** @description Text by section key, as the format names them. */
            sections: {
                [key: string]: string;
            };
            /** @description Why it was amended; null for the first. */
            reason: string | null;
            /**
             * Format: uuid
             * @description The account whose act made it final.
             */
            created_by_id: string;
        };
        /**
         * @description Something that you are to know of. Ids and fixed words: read the thing itself for more.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000b",
         *       "at": "2026-11-20T15:04:00Z",
         *       "event": "account.updated",
         *       "to_role": "clinic_admin",
         *       "actor_id": "019ab0de-0000-7000-8000-000000000002",
         *       "subject_id": "019ab0de-0000-7000-8000-000000000009",
         *       "patient_id": null
         *     }
         */
        Notice: {
            /**
             * Format: uuid
             * @description Identifier of the notice, UUID version 7.
             */
            id: string;
            at: components["schemas"]["FieldAt"];
            /** @description The Event that happened. */
            event: components["schemas"]["EventName"];
            /** @description The role of the clinic that is told; null if it is for you alone. */
            to_role: components["schemas"]["Role"] | null;
            /**
             * Format: uuid
             * @description The account that did it; null if nobody was signed in.
             */
            actor_id: string | null;
            /**
             * Format: uuid
             * @description The thing it was done to.
             */
            subject_id: string | null;
            /**
             * Format: uuid
             * @description The patient whose chart it is about.
             */
            patient_id: string | null;
        };
        /** @description One time that a strategy is due by its schedule. */
        Occurrence: {
            /**
             * Format: uuid
             * @description The strategy.
             */
            strategy_id: string;
            /**
             * Format: date
             * @description The day by the patient's calendar.
             */
            on: string;
            /**
             * Format: date-time
             * @description The instant (UTC); null if the schedule has no BYHOUR.
             */
            at: string | null;
        };
        /**
         * @description Occurrences in the order in which they come.
         * @example {
         *       "items": [
         *         {
         *           "strategy_id": "019ab0de-0000-7000-8000-000000000011",
         *           "on": "2026-11-30",
         *           "at": "2026-12-01T01:30:00Z"
         *         }
         *       ],
         *       "time_zone": "America/New_York",
         *       "through": "2026-11-30"
         *     }
         */
        Occurrences: {
            /** @description The occurrences. */
            items: components["schemas"]["Occurrence"][];
            /** @description The patient's time zone. */
            time_zone: string;
            /**
             * Format: date
             * @description The list is whole up to this day; if it is before `to`, ask on from the next.
             */
            through: string;
        };
        /**
         * @description The treatment of a change that comes too late.
         * @enum {string}
         */
        OnConflict: "refuse" | "keep_both";
        /** @description A time of one day in which the clinic is open. */
        OpeningHours: {
            /** @description When it opens, `HH:MM`. */
            opens: string;
            /** @description When it closes, `HH:MM`; `24:00`: at midnight. */
            closes: string;
        };
        /** @description A time of one day in which the clinic is open. */
        OpeningHoursGiven: {
            /** @description When it opens, `HH:MM`. */
            opens: string;
            /** @description When it closes, `HH:MM`; `24:00`: at midnight. */
            closes: string;
        };
        /**
         * @description The outcome of a request.
         * @enum {string}
         */
        Outcome: "done" | "denied";
        AccessPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Access"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        AmendmentRequestPage: {
            /** @description In the list's order. */
            items: components["schemas"]["AmendmentRequest"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        AttachmentPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Attachment"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        CareTeamMemberPage: {
            /** @description In the list's order. */
            items: components["schemas"]["CareTeamMember"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        CoursePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Course"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        DevicePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Device"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        DisclosurePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Disclosure"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        EmergencyAccessPage: {
            /** @description In the list's order. */
            items: components["schemas"]["EmergencyAccess"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        FoundPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Found"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        GoalRatingPage: {
            /** @description In the list's order. */
            items: components["schemas"]["GoalRating"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        GoalPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Goal"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        InboxItemPage: {
            /** @description In the list's order. */
            items: components["schemas"]["InboxItem"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        LedgerEntryPage: {
            /** @description In the list's order. */
            items: components["schemas"]["LedgerEntry"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        LibraryEntryPage: {
            /** @description In the list's order. */
            items: components["schemas"]["LibraryEntry"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        MedicinePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Medicine"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        NoteItemPage: {
            /** @description In the list's order. */
            items: components["schemas"]["NoteItem"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        NoteVersionPage: {
            /** @description In the list's order. */
            items: components["schemas"]["NoteVersion"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        NoticePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Notice"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PatientPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Patient"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PlanListItemPage: {
            /** @description In the list's order. */
            items: components["schemas"]["PlanListItem"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PlanVersionPage: {
            /** @description In the list's order. */
            items: components["schemas"]["PlanVersion"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PracticePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Practice"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PsychotherapyGrantPage: {
            /** @description In the list's order. */
            items: components["schemas"]["PsychotherapyGrant"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        PsychotherapyNoteItemPage: {
            /** @description In the list's order. */
            items: components["schemas"]["PsychotherapyNoteItem"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ReflectionSummaryPage: {
            /** @description In the list's order. */
            items: components["schemas"]["ReflectionSummary"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ReflectionVersionPage: {
            /** @description In the list's order. */
            items: components["schemas"]["ReflectionVersion"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ReplyPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Reply"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        SafetyPlanPage: {
            /** @description In the list's order. */
            items: components["schemas"]["SafetyPlan"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        SessionPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Session"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        StrategyPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Strategy"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ThreadPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Thread"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        TimelineItemPage: {
            /** @description In the list's order. */
            items: components["schemas"]["TimelineItem"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ReflectionPage: {
            /** @description In the list's order. */
            items: (components["schemas"]["Reflection"] | components["schemas"]["ReflectionSummary"])[];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        /**
         * @description Whether a part of a text stayed.
         * @enum {string}
         */
        PartKind: "same" | "removed" | "added";
        /**
         * @description A new passkey.
         * @example {
         *       "credential": {
         *         "id": "Y3JlZGVudGlhbA",
         *         "rawId": "Y3JlZGVudGlhbA",
         *         "response": {},
         *         "type": "public-key"
         *       },
         *       "label": "Phone"
         *     }
         */
        PasskeyAdd: {
            /** @description `credential.toJSON()` of what `navigator.credentials.create` gave. */
            credential: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @description The name you give it. */
            label?: string | null;
        };
        /**
         * @description The options that a browser hands its authenticator. They hold for five minutes, and for one answer.
         * @example {
         *       "public_key": {
         *         "challenge": "Y2hhbGxlbmdl",
         *         "rpId": "localhost",
         *         "timeout": 300000
         *       }
         *     }
         */
        PasskeyOptions: {
            /** @description For `PublicKeyCredential.parseCreationOptionsFromJSON` if a passkey is made, and `parseRequestOptionsFromJSON` if one is used. */
            public_key: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * @description A passkey, used.
         * @example {
         *       "credential": {
         *         "id": "Y3JlZGVudGlhbA",
         *         "rawId": "Y3JlZGVudGlhbA",
         *         "response": {},
         *         "type": "public-key"
         *       },
         *       "device": "Clinic laptop",
         *       "cookie": false
         *     }
         */
        PasskeySignIn: {
            /** @description `credential.toJSON()` of what `navigator.credentials.get` gave. */
            credential: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            device?: components["schemas"]["FieldDevice"];
            cookie?: components["schemas"]["FieldCookie"];
        };
        /**
         * @description The present password, and the new one.
         * @example {
         *       "old_password": "quiet-otter-rows-upstream",
         *       "password": "nine-lamps-beside-a-ferry"
         *     }
         */
        PasswordChange: {
            /** @description The password until now. */
            old_password: string;
            password: components["schemas"]["FieldPassword"];
        };
        /**
         * @description A patient: who they are and how to reach them. Everything clinical is in resources of its own.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000004",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "name": "Rowan Sample",
         *       "preferred_name": "Ro",
         *       "birth_on": "1988-04-17",
         *       "email": "rowan.sample@example.org",
         *       "phone": "+1 555 0100",
         *       "emergency_contact": "Sister, +1 555 0101",
         *       "language": "es-US",
         *       "time_zone": "America/New_York"
         *     }
         */
        Patient: components["schemas"]["Resource"] & {
            /** @description Full name. */
            name: string;
            /** @description The name by which they want to be called. */
            preferred_name: string | null;
            /**
             * Format: date
             * @description Date of birth.
             */
            birth_on: string | null;
            /** @description E-mail address: the patient signs in with it, and needs it before they can be invited. */
            email: string | null;
            /** @description Phone number. */
            phone: string | null;
            /** @description The person to call in an emergency, and their number. */
            emergency_contact: string | null;
            /** @description The patient's language, as a BCP 47 tag; texts are in it if we have them, else English. */
            language: string | null;
            /** @description IANA time zone that the patient lives by. */
            time_zone: string;
        };
        /**
         * @description A new patient.
         * @example {
         *       "name": "Rowan Sample",
         *       "preferred_name": "Ro",
         *       "birth_on": "1988-04-17",
         *       "email": "rowan.sample@example.org",
         *       "phone": "+1 555 0100",
         *       "emergency_contact": "Sister, +1 555 0101",
         *       "language": "es-US",
         *       "time_zone": "America/New_York"
         *     }
         */
        PatientCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description Full name. */
            name: string;
            preferred_name?: components["schemas"]["FieldPreferredName"];
            /**
             * Format: date
             * @description Date of birth.
             */
            birth_on?: string | null;
            email?: components["schemas"]["FieldEmail"];
            /** @description Phone number. */
            phone?: string | null;
            emergency_contact?: components["schemas"]["FieldEmergencyContact"];
            language?: components["schemas"]["FieldLanguage"];
            /** @description IANA time zone; the clinic's if absent. */
            time_zone?: string | null;
        };
        /**
         * @description The safety plan of a patient now.
         * @example {
         *       "in_force": null,
         *       "draft": null
         *     }
         */
        PatientSafetyPlan: {
            /** @description The version that the patient confirmed last; null if none. */
            in_force: components["schemas"]["SafetyPlan"] | null;
            /** @description The version that waits for the patient; null if none. */
            draft: components["schemas"]["SafetyPlan"] | null;
        };
        /**
         * @description Words of a name. In a body, so that no name is ever part of an address.
         * @example {
         *       "name_part": "sample"
         *     }
         */
        PatientSearch: {
            /** @description Whole words of the name, in any order; case, accents and apostrophes do not matter. */
            name_part: string;
        };
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "phone": "+1 555 0102"
         *     }
         */
        PatientUpdate: {
            /** @description Full name. */
            name?: string;
            preferred_name?: components["schemas"]["FieldPreferredName"];
            /**
             * Format: date
             * @description Date of birth.
             */
            birth_on?: string | null;
            email?: components["schemas"]["FieldEmail"];
            /** @description Phone number. */
            phone?: string | null;
            emergency_contact?: components["schemas"]["FieldEmergencyContact"];
            /** @description IANA time zone that the patient lives by. */
            time_zone?: string;
            language?: components["schemas"]["FieldLanguage"];
        };
        /** @description Somebody who is there beside the patient. */
        Person: {
            /** @description Their part in the session. */
            role: components["schemas"]["PersonRole"];
            /** @description Their name. */
            name?: string | null;
            /**
             * Format: uuid
             * @description Their account, if they are staff of the clinic.
             */
            account_id?: string | null;
        };
        /**
         * @description The part of somebody in the room. Source: clinical.md section 1.6.
         * @enum {string}
         */
        PersonRole: "therapist" | "prescriber" | "supervisor" | "support_person" | "interpreter" | "monitor" | "other";
        /** @description Somebody who is there beside the patient. */
        PersonThere: {
            /** @description Their part in the session. */
            role: components["schemas"]["PersonRole"];
            /** @description Their name. */
            name: string | null;
            /** @description Their account, if they are staff of the clinic. */
            account_id: string | null;
        };
        /**
         * @description The purpose of a session. Source: clinical.md section 1.1.
         * @enum {string}
         */
        Phase: "screening" | "preparation" | "dosing" | "integration" | "follow_up";
        /**
         * @description A coping plan with its strategies.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000010",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-03T18:20:00Z",
         *       "version": 4,
         *       "title": "Evenings without the spiral",
         *       "aim": "I saw that I do not have to carry the evening alone.",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "review_on": "2026-12-15",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "proposed",
         *       "revision": 1,
         *       "is_shared": true,
         *       "replaces_id": "019ab0de-0000-7000-8000-000000000010",
         *       "strategy_count": 0,
         *       "proposed_by": "clinician",
         *       "proposed_at": "2026-11-03T18:20:00Z",
         *       "agreed_revision": null,
         *       "agreed_at": null,
         *       "resumed_at": null,
         *       "declined_at": null,
         *       "decline_reason": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "allowed_actions": [
         *         "update",
         *         "accept",
         *         "decline",
         *         "archive"
         *       ],
         *       "strategies": [],
         *       "monitoring": null
         *     }
         */
        Plan: components["schemas"]["PlanListItem"] & {
            /** @description Its strategies, in the order they were added; at most 50. */
            strategies: components["schemas"]["Strategy"][];
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description The revision that you agree to.
         * @example {
         *       "revision": 1
         *     }
         */
        PlanAccept: {
            /** @description The revision you read; 409 if it is another now. */
            revision: number;
        };
        /**
         * @description A new draft; or the draft of a next version, which begins with the strategies of the plan that it replaces.
         * @example {
         *       "title": "Evenings without the spiral",
         *       "aim": "I saw that I do not have to carry the evening alone.",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "review_on": "2026-12-15",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "is_shared": true,
         *       "replaces_id": "019ab0de-0000-7000-8000-000000000010"
         *     }
         */
        PlanCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description Its title. */
            title: string;
            /** @description The insight or goal it serves, in words. */
            aim: string;
            insight_id?: components["schemas"]["FieldInsightId"];
            course_id?: components["schemas"]["FieldCourseId"];
            review_on?: components["schemas"]["FieldReviewOn"];
            /**
             * Format: uuid
             * @description The patient; a patient may leave it out.
             */
            patient_id?: string | null;
            /**
             * @description Whether the other side sees it; else it is its author's until it is proposed.
             * @default false
             */
            is_shared?: boolean;
            replaces_id?: components["schemas"]["FieldReplacesId"];
        };
        /**
         * @description Why not, if you want to say.
         * @example {
         *       "reason": "I would rather start with something smaller."
         *     }
         */
        PlanDecline: {
            /** @description Why, in your own words. */
            reason?: string | null;
        };
        /**
         * @description The changes between two revisions of a plan.
         * @example {
         *       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "from_plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "from_revision": 1,
         *       "to_revision": 2,
         *       "facts": [
         *         {
         *           "field": "plan",
         *           "parts": [
         *             {
         *               "kind": "added",
         *               "text": "two"
         *             }
         *           ]
         *         }
         *       ],
         *       "strategies": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000015",
         *           "change": "changed",
         *           "fields": [
         *             {
         *               "field": "plan",
         *               "parts": [
         *                 {
         *                   "kind": "added",
         *                   "text": "two"
         *                 }
         *               ]
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        PlanDiff: {
            /**
             * Format: uuid
             * @description The plan.
             */
            plan_id: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The plan of the earlier one: this one, or the one that it replaces.
             */
            from_plan_id: string;
            /** @description The earlier one; null for nothing. */
            from_revision: number | null;
            /** @description The later one. */
            to_revision: number;
            /** @description Title, aim and the other facts that have or had a value. */
            facts: components["schemas"]["FieldDiff"][];
            /** @description Those of the later one in their order, then removed ones. */
            strategies: components["schemas"]["StrategyDiff"][];
        };
        /**
         * @description The effects of one plan's strategies, as its practices tell. One person's numbers prove no cause.
         * @example {
         *       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "minimum_n": 5,
         *       "high_distress_from": 7,
         *       "adherence_days": 28,
         *       "strategies": [
         *         {
         *           "strategy_id": "019ab0de-0000-7000-8000-000000000011",
         *           "uses": 7,
         *           "skips": 2,
         *           "change": {
         *             "n": 6,
         *             "mean": -2.17,
         *             "low": null,
         *             "high": null
         *           },
         *           "change_from_high": {
         *             "n": 6,
         *             "mean": -2.17,
         *             "low": null,
         *             "high": null
         *           },
         *           "change_from_lower": {
         *             "n": 6,
         *             "mean": -2.17,
         *             "low": null,
         *             "high": null
         *           },
         *           "mean_helpfulness": 2.83,
         *           "would_use_again": {
         *             "yes": 5,
         *             "answered": 6
         *           },
         *           "adherence": {
         *             "done": 12,
         *             "planned": 14,
         *             "percent": 86
         *           },
         *           "rank": null
         *         }
         *       ]
         *     }
         */
        PlanEffects: {
            /**
             * Format: uuid
             * @description The plan.
             */
            plan_id: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Rated uses that a strategy needs for a rank (policy `effects_minimum_practices`). */
            minimum_n: number;
            /** @description Distress before, from which on it is high. */
            high_distress_from: number;
            /** @description The days until yesterday that adherence looks at: of the last 28 those since the plan is active. */
            adherence_days: number;
            /** @description Its strategies, in the order they were added. */
            strategies: components["schemas"]["StrategyEffect"][];
        };
        /**
         * @description A coping plan without its strategies.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000010",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-03T18:20:00Z",
         *       "version": 4,
         *       "title": "Evenings without the spiral",
         *       "aim": "I saw that I do not have to carry the evening alone.",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "review_on": "2026-12-15",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "proposed",
         *       "revision": 1,
         *       "is_shared": true,
         *       "replaces_id": "019ab0de-0000-7000-8000-000000000010",
         *       "strategy_count": 1,
         *       "proposed_by": "clinician",
         *       "proposed_at": "2026-11-03T18:20:00Z",
         *       "agreed_revision": null,
         *       "agreed_at": null,
         *       "resumed_at": null,
         *       "declined_at": null,
         *       "decline_reason": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "allowed_actions": [
         *         "update",
         *         "accept",
         *         "decline",
         *         "archive"
         *       ]
         *     }
         */
        PlanListItem: components["schemas"]["Resource"] & {
            /** @description Its title. */
            title: string;
            /** @description The insight or goal it serves, in words. */
            aim: string;
            insight_id: components["schemas"]["FieldInsightId"];
            course_id: components["schemas"]["FieldCourseId"];
            review_on: components["schemas"]["FieldReviewOn"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Its present state. */
            state: components["schemas"]["PlanState"];
            /** @description Counts its contents: what is agreed to is one revision. */
            revision: number;
            is_shared: components["schemas"]["FieldIsShared"];
            replaces_id: components["schemas"]["FieldReplacesId"];
            /** @description Number of strategies. */
            strategy_count: number;
            /** @description Which side proposed this revision. */
            proposed_by: components["schemas"]["PlanSide"] | null;
            /**
             * Format: date-time
             * @description When this revision was proposed (UTC).
             */
            proposed_at: string | null;
            /** @description The revision that both sides agreed to. */
            agreed_revision: number | null;
            /**
             * Format: date-time
             * @description When they agreed to it (UTC).
             */
            agreed_at: string | null;
            resumed_at: components["schemas"]["FieldResumedAt"];
            declined_at: components["schemas"]["FieldDeclinedAt"];
            decline_reason: components["schemas"]["FieldDeclineReason"];
            /**
             * Format: uuid
             * @description The account that began it.
             */
            created_by_id: string;
            allowed_actions: components["schemas"]["FieldAllowedActions2"];
        };
        /**
         * @description The two who must agree: the patient, and the clinicians of the care team.
         * @enum {string}
         */
        PlanSide: "patient" | "clinician";
        /**
         * @description The life of a plan.
         * @enum {string}
         */
        PlanState: "draft" | "proposed" | "active" | "paused" | "completed" | "archived";
        /**
         * @description The steps that a plan can take.
         *
         *     `update` is any change of content, also of its strategies. `replace` begins a next version beside it.
         * @enum {string}
         */
        PlanStep: "update" | "propose" | "accept" | "decline" | "pause" | "resume" | "complete" | "archive" | "replace";
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "review_on": "2027-01-12"
         *     }
         */
        PlanUpdate: {
            /** @description Its title. */
            title?: string;
            /** @description The insight or goal it serves, in words. */
            aim?: string;
            insight_id?: components["schemas"]["FieldInsightId"];
            course_id?: components["schemas"]["FieldCourseId"];
            review_on?: components["schemas"]["FieldReviewOn"];
            is_shared?: components["schemas"]["FieldIsShared"];
        };
        /**
         * @description An earlier proposal, as it was when it was declined or changed.
         * @example {
         *       "title": "Evenings without the spiral",
         *       "aim": "I saw that I do not have to carry the evening alone.",
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "review_on": "2026-12-15",
         *       "id": "019ab0de-0000-7000-8000-000000000012",
         *       "created_at": "2026-11-20T17:00:00Z",
         *       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "revision": 1,
         *       "strategies": [],
         *       "proposed_by": "clinician",
         *       "proposed_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "proposed_at": "2026-11-03T18:20:00Z",
         *       "declined_at": null,
         *       "decline_reason": null
         *     }
         */
        PlanVersion: {
            /** @description Its title. */
            title: string;
            /** @description The insight or goal it serves, in words. */
            aim: string;
            insight_id: components["schemas"]["FieldInsightId"];
            course_id: components["schemas"]["FieldCourseId"];
            review_on: components["schemas"]["FieldReviewOn"];
            /**
             * Format: uuid
             * @description Identifier of this version.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was declined or changed (UTC).
             */
            created_at: string;
            /**
             * Format: uuid
             * @description The plan.
             */
            plan_id: string;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Which revision it was. */
            revision: number;
            /** @description Its strategies, in the order they were added. */
            strategies: components["schemas"]["StrategyContent"][];
            /** @description Which side proposed it. */
            proposed_by: components["schemas"]["PlanSide"];
            /**
             * Format: uuid
             * @description The account that proposed it.
             */
            proposed_by_id: string;
            /**
             * Format: date-time
             * @description When it was proposed (UTC).
             */
            proposed_at: string;
            /**
             * Format: date-time
             * @description When the other side declined (UTC).
             */
            declined_at: string | null;
            decline_reason: components["schemas"]["FieldDeclineReason"];
        };
        /**
         * @description One use of a strategy, or one skip.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "strategy_id": "019ab0de-0000-7000-8000-000000000011",
         *       "replaces_id": null,
         *       "used_at": "2026-11-05T20:31:00Z",
         *       "context": "After the phone call, on the back step.",
         *       "distress_before": 7,
         *       "distress_after": 4,
         *       "helpfulness": 3,
         *       "would_use_again": true,
         *       "skipped_reason": null,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "state": "logged",
         *       "clock_skewed": false,
         *       "was_skipped": false,
         *       "monitoring": null
         *     }
         */
        Practice: components["schemas"]["Resource"] & {
            strategy_id: components["schemas"]["FieldStrategyId"];
            /**
             * Format: uuid
             * @description The practice that this one corrects.
             */
            replaces_id: string | null;
            /**
             * Format: date-time
             * @description When, by the clock of the patient's device (UTC).
             */
            used_at: string;
            /** @description The situation. */
            context: string | null;
            /** @description Distress before, 0-10. */
            distress_before: number | null;
            /** @description Distress after, 0-10. */
            distress_after: number | null;
            /** @description The degree to which it helped, 0-4. */
            helpfulness: number | null;
            /** @description Whether the patient would use it again. */
            would_use_again: boolean | null;
            /** @description Why it was skipped; null if it was used. A skip has no ratings. */
            skipped_reason: components["schemas"]["SkippedReason"] | null;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The plan.
             */
            plan_id: string;
            /** @description `logged`, or kept and not counted. */
            state: components["schemas"]["PracticeState"];
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description Whether it was meant to be used and was not. */
            was_skipped: boolean;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description One use of a strategy of your own plan; or a skip, which has a reason and no ratings.
         * @example {
         *       "strategy_id": "019ab0de-0000-7000-8000-000000000011",
         *       "used_at": "2026-11-05T20:31:00Z",
         *       "context": "After the phone call, on the back step.",
         *       "distress_before": 7,
         *       "distress_after": 4,
         *       "helpfulness": 3,
         *       "would_use_again": true
         *     }
         */
        PracticeLog: {
            id?: components["schemas"]["FieldId2"];
            strategy_id: components["schemas"]["FieldStrategyId"];
            /**
             * Format: uuid
             * @description The practice that this one corrects.
             */
            replaces_id?: string | null;
            /**
             * Format: date-time
             * @description When, by the clock of the patient's device (UTC).
             */
            used_at: string;
            /** @description The situation. */
            context?: string | null;
            /** @description Distress before, 0-10. */
            distress_before?: number | null;
            /** @description Distress after, 0-10. */
            distress_after?: number | null;
            /** @description The degree to which it helped, 0-4. */
            helpfulness?: number | null;
            /** @description Whether the patient would use it again. */
            would_use_again?: boolean | null;
            /** @description Why it was skipped; null if it was used. A skip has no ratings. */
            skipped_reason?: components["schemas"]["SkippedReason"] | null;
        };
        /**
         * @description Whether an entry counts, or is only kept: another took its place, or its patient took it back.
         * @enum {string}
         */
        PracticeState: "logged" | "corrected" | "withdrawn";
        /**
         * @description The state of a promised reply. One that came too late is missed for ever.
         * @enum {string}
         */
        PromiseState: "open" | "kept" | "missed";
        /** @description One question to write to. */
        Prompt: {
            /** @description Its id within the set. */
            id: string;
            /** @description Its topic. */
            area: components["schemas"]["PromptArea"];
            /** @description The question. */
            text: string;
            /** @description A word of help beside it. */
            help: string | null;
        };
        /**
         * @description The area that a prompt is about. Source: clinical.md section 3.
         * @enum {string}
         */
        PromptArea: "sensory_body" | "emotion" | "imagery_narrative" | "insight_cognitive" | "self_compassion" | "relational" | "spiritual_meaning" | "nature" | "challenge_difficulty" | "gratitude" | "behaviour_commitment" | "support_needed" | "safety_check";
        /** @description Questions that belong together, in order. A version never changes. */
        PromptSet: {
            /** @description Its id, the same for every version. */
            id: string;
            /** @description Counts its versions. */
            version: number;
            /** @description Its name. */
            title: string;
            /** @description The questions, in order. */
            prompts: components["schemas"]["Prompt"][];
        };
        /**
         * @description Every prompt set.
         * @example {
         *       "items": [
         *         {
         *           "id": "coming_back",
         *           "version": 1,
         *           "title": "Coming back",
         *           "prompts": [
         *             {
         *               "id": "picture",
         *               "area": "imagery_narrative",
         *               "text": "Is there a picture, a sound or a scene that stays with you?",
         *               "help": "It does not have to make sense."
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        PromptSets: {
            /** @description Every version of every set; offer the newest version of each. */
            items: components["schemas"]["PromptSet"][];
        };
        /** @description The ledger row of the signature, every column of it, as it was sealed. */
        ProofEntry: {
            /**
             * Format: uuid
             * @description The clinic.
             */
            clinic_id: string;
            /**
             * Format: uuid
             * @description Identifier of the row.
             */
            id: string;
            at: components["schemas"]["FieldAt"];
            /** @description The Event. */
            event: string;
            /** @description The Action that was asked for. */
            action: string;
            /** @description The outcome. */
            outcome: components["schemas"]["Outcome"];
            /** @description The code of a refusal. */
            reason: string | null;
            /**
             * Format: uuid
             * @description The account that signed.
             */
            actor_id: string | null;
            /** @description The role by which it was allowed. */
            actor_role: string | null;
            /**
             * Format: uuid
             * @description The note.
             */
            subject_id: string | null;
            /**
             * Format: uuid
             * @description The patient whose chart it is in.
             */
            patient_id: string | null;
            /** @description The purpose. */
            purpose: components["schemas"]["Purpose"] | null;
            /** @description SHA-256 of the signed statement, hexadecimal. */
            digest: string | null;
            /** @description Whether it is shown to the patient alone. */
            is_private: boolean;
            /** @description The request, as the client was told. */
            request_id: string;
            /** @description The changed things (`ledger/changes.py`); null before encoding 2. */
            changed: string | null;
        };
        /** @description The seal over the row. Hashes, keys and signatures are hexadecimal. */
        ProofSeal: {
            /**
             * Format: uuid
             * @description The clinic whose chain it is in.
             */
            clinic_id: string;
            /**
             * Format: uuid
             * @description Identifier of the seal.
             */
            id: string;
            /** @description Its place in the chain, counted from 1. */
            number: number;
            /** @description The format in which rows are written as bytes; see `ledger/seal.py`. */
            encoding: number;
            /** @description The place of its first row. */
            first_position: number;
            /** @description The number of rows under it. */
            row_count: number;
            /** @description Merkle root over their leaves (RFC 6962). */
            root: string;
            /** @description The head before it; zeros for the first. */
            previous_head: string;
            /** @description SHA-256 over the seal and all before it. */
            head: string;
            /** @description Ed25519 signature under the head. */
            signature: string;
            /** @description Short name of the signer's key. */
            key_id: string;
            /** @description The signer's public key; compare it with one that you trust. */
            public_key: string;
            /**
             * Format: date-time
             * @description When it was sealed (UTC).
             */
            sealed_at: string;
            /**
             * Format: date-time
             * @description Rows from before this instant had been looked for (UTC).
             */
            reached_at: string;
        };
        /**
         * @description A permission for one supervisor to read one note.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "until": "2026-12-20T09:00:00Z",
         *       "id": "019ab0de-0000-7000-8000-0000000000ab",
         *       "created_at": "2026-11-20T09:00:00Z",
         *       "revoked_at": null,
         *       "reason": "Supervision of my training."
         *     }
         */
        PsychotherapyGrant: components["schemas"]["PsychotherapyGrantItem"] & {
            /** @description The reason that was given. */
            reason: string;
        };
        /**
         * @description A permission for one supervisor to read one note.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "until": "2026-12-20T09:00:00Z",
         *       "reason": "Supervision of my training."
         *     }
         */
        PsychotherapyGrantCreate: {
            /**
             * Format: uuid
             * @description A member of staff's account.
             */
            account_id: string;
            /**
             * Format: date-time
             * @description Its end, within 90 days.
             */
            until: string;
            /** @description Why. */
            reason: string;
        };
        /**
         * @description A permission without its reason.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "until": "2026-12-20T09:00:00Z",
         *       "id": "019ab0de-0000-7000-8000-0000000000ab",
         *       "created_at": "2026-11-20T09:00:00Z",
         *       "revoked_at": null
         *     }
         */
        PsychotherapyGrantItem: {
            /**
             * Format: uuid
             * @description A member of staff's account.
             */
            account_id: string;
            /**
             * Format: date-time
             * @description Its end, within 90 days.
             */
            until: string;
            /**
             * Format: uuid
             * @description Identifier of the grant.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was given (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was revoked (UTC).
             */
            revoked_at: string | null;
        };
        /**
         * @description One psychotherapy note.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "session_id": "019ab0de-0000-7000-8000-000000000006",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "state": "draft",
         *       "signed_at": null,
         *       "granted_until": null,
         *       "text": "He spoke of his father."
         *     }
         */
        PsychotherapyNote: components["schemas"]["PsychotherapyNoteItem"] & {
            /** @description The note. */
            text: string;
        };
        /**
         * @description A new psychotherapy note. The server chooses its id.
         * @example {
         *       "session_id": "019ab0de-0000-7000-8000-000000000006",
         *       "text": "He spoke of his father."
         *     }
         */
        PsychotherapyNoteCreate: {
            session_id?: components["schemas"]["FieldSessionId3"];
            /** @description The note. */
            text: string;
        };
        /**
         * @description A psychotherapy note without its text, which only its GET shows.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "session_id": "019ab0de-0000-7000-8000-000000000006",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "state": "draft",
         *       "signed_at": null,
         *       "granted_until": null
         *     }
         */
        PsychotherapyNoteItem: components["schemas"]["Resource"] & {
            session_id: components["schemas"]["FieldSessionId3"];
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description A member of staff's account.
             */
            author_id: string;
            /** @description A signed note does not change. */
            state: components["schemas"]["PsychotherapyNoteState"];
            /**
             * Format: date-time
             * @description When its author signed it (UTC).
             */
            signed_at: string | null;
            /**
             * Format: date-time
             * @description If another's: when your grant ends (UTC).
             */
            granted_until: string | null;
        };
        /**
         * @description The state of a psychotherapy note.
         * @enum {string}
         */
        PsychotherapyNoteState: "draft" | "signed";
        /**
         * @description The text to put in its place.
         * @example {
         *       "text": "He spoke of his father."
         *     }
         */
        PsychotherapyNoteUpdate: {
            /** @description The note. */
            text?: string;
        };
        /**
         * @description The purpose of an access. It follows from the role by which the policy allowed it.
         * @enum {string}
         */
        Purpose: "treatment" | "supervision" | "operations" | "oversight" | "own";
        /** @description Ratings of this moment; each may be left out. */
        Ratings: {
            /** @description Mood, 0 (not at all good) to 10 (as good as can be). */
            mood: number | null;
            /** @description Anxiety, 0 (not at all) to 10 (the maximum). */
            anxiety: number | null;
            /** @description Energy, 0 (not at all) to 10 (the maximum). */
            energy: number | null;
            /** @description Sleep, 0 (not at all good) to 10 (as good as can be). */
            sleep: number | null;
            /** @description Feeling connected, 0 (not at all) to 10 (the maximum). */
            connection: number | null;
            /** @description Distress, 0 (not at all) to 10 (the maximum). */
            distress: number | null;
        };
        /** @description Ratings of this moment; each may be left out. */
        RatingsGiven: {
            /** @description Mood, 0 (not at all good) to 10 (as good as can be). */
            mood?: number | null;
            /** @description Anxiety, 0 (not at all) to 10 (the maximum). */
            anxiety?: number | null;
            /** @description Energy, 0 (not at all) to 10 (the maximum). */
            energy?: number | null;
            /** @description Sleep, 0 (not at all good) to 10 (as good as can be). */
            sleep?: number | null;
            /** @description Feeling connected, 0 (not at all) to 10 (the maximum). */
            connection?: number | null;
            /** @description Distress, 0 (not at all) to 10 (the maximum). */
            distress?: number | null;
        };
        /**
         * @description Ten codes, each good for one sign-in without the factor. They are shown only here; earlier ones work no more.
         * @example {
         *       "codes": [
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp",
         *         "k7d2-5fqm-x3tc-w6hp"
         *       ]
         *     }
         */
        RecoveryCodes: {
            /** @description Print them, or keep them where you keep passwords. */
            codes: string[];
        };
        /**
         * @description An entry of the patient, and who may read it.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000007",
         *       "created_at": "2026-11-20T21:10:00Z",
         *       "updated_at": "2026-11-20T21:14:00Z",
         *       "version": 2,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "submitted",
         *       "sharing": "shared",
         *       "release_at": null,
         *       "happened_at": "2026-11-20T21:10:00Z",
         *       "hours_since_dose": 3.5,
         *       "in_altered_state": false,
         *       "held_until": null,
         *       "first_read_at": null,
         *       "reviewed_at": null,
         *       "edited_since_review": false,
         *       "reply_promise": null,
         *       "reply_count": 1,
         *       "last_reply_at": null,
         *       "conflict_of_id": "019ab0de-0000-7000-8000-000000000008",
         *       "elaborates_id": null,
         *       "text": "The lake was completely still, and so was I.",
         *       "prompt_set": "coming_back",
         *       "prompt_set_version": 1,
         *       "tags": [
         *         "lake",
         *         "Body"
         *       ],
         *       "safety": "safe",
         *       "contact_me": false,
         *       "answers": [
         *         {
         *           "prompt_id": "seen_anew",
         *           "text": "I can put the phone down in the evening."
         *         }
         *       ],
         *       "ratings": null,
         *       "insights": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000014",
         *           "text": "Stillness is allowed."
         *         }
         *       ],
         *       "fragment": null,
         *       "session_id": null,
         *       "kind": "prompted",
         *       "captured_at": "2026-11-20T21:10:00Z",
         *       "submitted_at": "2026-11-20T21:14:00Z",
         *       "shared_at": "2026-11-20T21:14:00Z",
         *       "reviewed_by_id": null,
         *       "edited_at": null,
         *       "clock_skewed": false,
         *       "monitoring": null,
         *       "allowed_actions": [
         *         "update",
         *         "unshare",
         *         "reply"
         *       ]
         *     }
         */
        Reflection: components["schemas"]["ReflectionSummary"] & {
            /** @description Free text. */
            text: string | null;
            /** @description The prompt set that was answered; only for `prompted`. */
            prompt_set: string | null;
            /** @description The version of the prompt set. */
            prompt_set_version: number | null;
            answers: components["schemas"]["FieldAnswers"];
            /** @description Ratings of the moment of writing, each 0-10. */
            ratings: components["schemas"]["Ratings"] | null;
            insights: components["schemas"]["FieldInsights"];
            /** @description The moment; only for `fragment`. It stays as it was captured. */
            fragment: components["schemas"]["Fragment"] | null;
            captured_at: components["schemas"]["FieldCapturedAt2"];
            /**
             * Format: date-time
             * @description When it was handed in (UTC).
             */
            submitted_at: string | null;
            /**
             * Format: date-time
             * @description When it was shared (UTC).
             */
            shared_at: string | null;
            /**
             * Format: uuid
             * @description The account that did.
             */
            reviewed_by_id: string | null;
            /**
             * Format: date-time
             * @description When its content was changed last after it was handed in (UTC).
             */
            edited_at: string | null;
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description The statement the patient was given last; null for a draft that asks for no help. */
            monitoring: components["schemas"]["Monitoring"] | null;
            /** @description The actions that you may take on it now. */
            allowed_actions: components["schemas"]["ReflectionStep"][];
        };
        /**
         * @description A new draft in one's own chart. Everything may be left out.
         * @example {
         *       "text": "The lake was completely still, and so was I.",
         *       "prompt_set": "coming_back",
         *       "prompt_set_version": 1,
         *       "tags": [
         *         "lake",
         *         "Body"
         *       ],
         *       "safety": "safe",
         *       "contact_me": false,
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "kind": "prompted",
         *       "captured_at": "2026-11-20T21:10:00Z",
         *       "answers": [
         *         {
         *           "prompt_id": "seen_anew",
         *           "text": "I can put the phone down in the evening."
         *         }
         *       ],
         *       "ratings": {
         *         "mood": 6,
         *         "anxiety": 3,
         *         "energy": 5,
         *         "connection": 7,
         *         "distress": 2
         *       },
         *       "insights": [
         *         {
         *           "text": "Stillness is allowed."
         *         }
         *       ],
         *       "fragment": {
         *         "form": "word",
         *         "word": "weightless",
         *         "mood": {
         *           "mood": 6,
         *           "anxiety": 3,
         *           "connection": 8
         *         },
         *         "regions": [
         *           {
         *             "region": "chest",
         *             "intensity": 7
         *           }
         *         ],
         *         "music": {
         *           "title": "The one with the cello",
         *           "at_seconds": 215
         *         }
         *       }
         *     }
         */
        ReflectionCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description Free text. */
            text?: string | null;
            prompt_set?: components["schemas"]["FieldPromptSet"];
            /** @description The version of the prompt set. */
            prompt_set_version?: number | null;
            tags?: components["schemas"]["FieldTags2"];
            /** @description Whether the patient feels safe. It alerts the team once shared. */
            safety?: components["schemas"]["Safety"] | null;
            /**
             * @description Whether the patient wants to be contacted. It alerts the team once shared.
             * @default false
             */
            contact_me?: boolean;
            session_id?: components["schemas"]["FieldSessionId2"];
            /**
             * @description Free text, answers to prompts, or a fragment.
             * @default text
             */
            kind?: components["schemas"]["ReflectionKind"];
            captured_at?: components["schemas"]["FieldCapturedAt2"];
            answers?: components["schemas"]["FieldAnswers2"];
            /** @description Ratings of the moment of writing, each 0-10. */
            ratings?: components["schemas"]["RatingsGiven"] | null;
            insights?: components["schemas"]["FieldInsights2"];
            /** @description The moment; only for `fragment`. It stays as it was captured. */
            fragment?: components["schemas"]["FragmentGiven"] | null;
            /**
             * Format: uuid
             * @description The earlier entry that this one says more about; your own.
             */
            elaborates_id?: string | null;
        };
        /**
         * @description The form of a reflection: free text, answers to prompts, or a moment that is captured in a tap or two.
         * @enum {string}
         */
        ReflectionKind: "text" | "prompted" | "fragment";
        /**
         * @description A tag. In a body, so that no word of a patient is ever part of an address.
         * @example {
         *       "tag": "lake",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004"
         *     }
         */
        ReflectionSearch: {
            /** @description The whole tag; case does not matter. */
            tag: string;
            /**
             * Format: uuid
             * @description The patient; staff must give it.
             */
            patient_id?: string | null;
        };
        /**
         * @description The way in which it is shared.
         * @example {
         *       "release_at": "2026-11-21T21:14:00Z"
         *     }
         */
        ReflectionShare: {
            release_at?: components["schemas"]["FieldReleaseAt2"];
        };
        /**
         * @description The state of a reflection.
         * @enum {string}
         */
        ReflectionState: "draft" | "submitted";
        /**
         * @description The steps that somebody may take with a reflection.
         * @enum {string}
         */
        ReflectionStep: "update" | "delete" | "submit" | "share" | "unshare" | "reply" | "review";
        /**
         * @description The way in which it is handed in.
         * @example {
         *       "share": true,
         *       "release_at": "2026-11-21T21:14:00Z"
         *     }
         */
        ReflectionSubmit: {
            /**
             * @description Let the care team read it.
             * @default false
             */
            share?: boolean;
            release_at?: components["schemas"]["FieldReleaseAt2"];
        };
        /**
         * @description A reflection without its text.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000007",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "submitted",
         *       "sharing": "shared",
         *       "release_at": null,
         *       "happened_at": "2026-11-20T21:10:00Z",
         *       "hours_since_dose": 3.5,
         *       "in_altered_state": false,
         *       "held_until": null,
         *       "first_read_at": null,
         *       "reviewed_at": null,
         *       "edited_since_review": false,
         *       "reply_promise": null,
         *       "reply_count": 1,
         *       "last_reply_at": null,
         *       "conflict_of_id": "019ab0de-0000-7000-8000-000000000008",
         *       "elaborates_id": null,
         *       "session_id": null,
         *       "kind": "prompted",
         *       "tags": [
         *         "lake",
         *         "Body"
         *       ],
         *       "safety": "safe",
         *       "contact_me": false
         *     }
         */
        ReflectionSummary: components["schemas"]["Resource"] & {
            /**
             * Format: uuid
             * @description The patient, who wrote it.
             */
            patient_id: string;
            /** @description Its present state. */
            state: components["schemas"]["ReflectionState"];
            /** @description `private`: the patient alone; `shared`: the care team too, once released. */
            sharing: components["schemas"]["Sharing"];
            release_at: components["schemas"]["FieldReleaseAt"];
            happened_at: components["schemas"]["FieldHappenedAt"];
            hours_since_dose: components["schemas"]["FieldHoursSinceDose"];
            in_altered_state: components["schemas"]["FieldInAlteredState"];
            held_until: components["schemas"]["FieldHeldUntil"];
            /**
             * Format: date-time
             * @description When the care team read it first (UTC).
             */
            first_read_at: string | null;
            reviewed_at: components["schemas"]["FieldReviewedAt"];
            /** @description Whether it says something else than what was reviewed. */
            edited_since_review: boolean;
            /** @description By when an answer is promised; null: it is private, or nobody is on the team. `monitoring` says who answers. */
            reply_promise: components["schemas"]["ReplyPromise"] | null;
            /** @description Number of replies. */
            reply_count: number;
            /**
             * Format: date-time
             * @description When the last reply came (UTC).
             */
            last_reply_at: string | null;
            conflict_of_id: components["schemas"]["FieldConflictOfId"];
            elaborates_id: components["schemas"]["FieldElaboratesId"];
            session_id: components["schemas"]["FieldSessionId2"];
            /** @description Free text, answers to prompts, or a fragment. */
            kind: components["schemas"]["ReflectionKind"];
            tags: components["schemas"]["FieldTags"];
            /** @description Whether the patient feels safe. It alerts the team once shared. */
            safety: components["schemas"]["Safety"] | null;
            contact_me: components["schemas"]["FieldContactMe"];
        };
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "text": "The lake was completely still."
         *     }
         */
        ReflectionUpdate: {
            session_id?: components["schemas"]["FieldSessionId2"];
            /** @description Free text. */
            text?: string | null;
            prompt_set?: components["schemas"]["FieldPromptSet"];
            /** @description The version of the prompt set. */
            prompt_set_version?: number | null;
            answers?: components["schemas"]["FieldAnswers2"];
            /** @description Ratings of the moment of writing, each 0-10. */
            ratings?: components["schemas"]["RatingsGiven"] | null;
            tags?: components["schemas"]["FieldTags2"];
            insights?: components["schemas"]["FieldInsights2"];
            /** @description Whether the patient feels safe. It alerts the team once shared. */
            safety?: components["schemas"]["Safety"] | null;
            contact_me?: components["schemas"]["FieldContactMe"];
        };
        /**
         * @description One text of a reflection that was handed in; the one with the highest number is the present one.
         * @example {
         *       "text": "The lake was completely still, and so was I.",
         *       "prompt_set": "coming_back",
         *       "prompt_set_version": 1,
         *       "tags": [
         *         "lake",
         *         "Body"
         *       ],
         *       "safety": "safe",
         *       "contact_me": false,
         *       "answers": [
         *         {
         *           "prompt_id": "seen_anew",
         *           "text": "I can put the phone down in the evening."
         *         }
         *       ],
         *       "ratings": null,
         *       "insights": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000014",
         *           "text": "Stillness is allowed."
         *         }
         *       ],
         *       "fragment": null,
         *       "id": "019ab0de-0000-7000-8000-000000000012",
         *       "number": 1,
         *       "saved_at": "2026-11-20T21:14:00Z",
         *       "monitoring": {
         *         "stated_at": "2026-11-20T21:14:00Z",
         *         "is_monitored_now": false,
         *         "reviewed_by": "2026-11-23T21:14:00Z",
         *         "answered_by": null,
         *         "clinic_opens_at": "2026-11-23T14:00:00Z",
         *         "text": "Nobody watches entries as they come in. If it becomes urgent, do not wait: call 911 (Emergency services).",
         *         "told": "team",
         *         "crisis_resources": [
         *           {
         *             "name": "Emergency services",
         *             "kind": "emergency",
         *             "contact": "911",
         *             "how": "call",
         *             "verified_on": "2026-11-22",
         *             "source": "988lifeline.org"
         *           }
         *         ]
         *       }
         *     }
         */
        ReflectionVersion: {
            /** @description Free text. */
            text: string | null;
            /** @description The prompt set that was answered; only for `prompted`. */
            prompt_set: string | null;
            /** @description The version of the prompt set. */
            prompt_set_version: number | null;
            tags: components["schemas"]["FieldTags"];
            /** @description Whether the patient feels safe. It alerts the team once shared. */
            safety: components["schemas"]["Safety"] | null;
            contact_me: components["schemas"]["FieldContactMe"];
            answers: components["schemas"]["FieldAnswers"];
            /** @description Ratings of the moment of writing, each 0-10. */
            ratings: components["schemas"]["Ratings"] | null;
            insights: components["schemas"]["FieldInsights"];
            /** @description The moment; only for `fragment`. It stays as it was captured. */
            fragment: components["schemas"]["Fragment"] | null;
            /**
             * Format: uuid
             * @description Identifier of the version.
             */
            id: string;
            /** @description Counts from 1, the text that was handed in. */
            number: number;
            /**
             * Format: date-time
             * @description Since when it is kept (UTC).
             */
            saved_at: string;
            /** @description The statement the patient was given then. */
            monitoring: components["schemas"]["Monitoring"];
        };
        /**
         * @description The amount that a list shows of each.
         * @enum {string}
         */
        ReflectionView: "full" | "summary";
        /**
         * @description A refresh token. The answer carries the next; with that, this one is spent.
         * @example {
         *       "refresh_token": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-sign-in"
         *     }
         */
        Refresh: {
            /** @description From the last sign-in or refresh; null: the one in the cookie. */
            refresh_token?: string | null;
        };
        /**
         * @description A reply, from the patient or from a clinician.
         * @example {
         *       "text": "Thank you for sharing this. Shall we start from the lake on Tuesday?",
         *       "id": "019ab0de-0000-7000-8000-000000000013",
         *       "created_at": "2026-11-21T14:30:00Z",
         *       "reflection_id": "019ab0de-0000-7000-8000-000000000007",
         *       "author_id": "019ab0de-0000-7000-8000-000000000002",
         *       "is_patient": false,
         *       "monitoring": null
         *     }
         */
        Reply: {
            /** @description The reply. It cannot be changed later. */
            text: string;
            id: components["schemas"]["FieldId"];
            /**
             * Format: date-time
             * @description When it was written (UTC).
             */
            created_at: string;
            /**
             * Format: uuid
             * @description The reflection it answers.
             */
            reflection_id: string;
            /**
             * Format: uuid
             * @description The account that wrote it.
             */
            author_id: string;
            /** @description Whether the patient wrote it. */
            is_patient: boolean;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description A reply to a shared reflection.
         * @example {
         *       "text": "Thank you for sharing this. Shall we start from the lake on Tuesday?"
         *     }
         */
        ReplyCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The reply. It cannot be changed later. */
            text: string;
        };
        /** @description The promise of the care team to answer: by a reply, or by marking it as reviewed. */
        ReplyPromise: {
            /**
             * Format: date-time
             * @description Until when it was promised (UTC).
             */
            promised_for: string;
            /**
             * Format: date-time
             * @description Until when it is promised now (UTC): once it was missed, the new time.
             */
            reply_by: string;
            /** @description Its state; what comes too late stays missed. */
            state: components["schemas"]["PromiseState"];
            /**
             * Format: date-time
             * @description When staff answered first since (UTC).
             */
            answered_at: string | null;
        };
        /**
         * @description The finding of a privacy officer.
         * @enum {string}
         */
        ReviewOutcome: "justified" | "unclear" | "not_justified";
        /**
         * @description The roles of accounts.
         *
         *     A staff account may hold several; a patient's account holds `patient` alone, a clinic's own program `service`.
         * @enum {string}
         */
        Role: "clinic_admin" | "therapist" | "prescriber" | "supervisor" | "auditor" | "privacy_officer" | "patient" | "service";
        /** @description A person or place, with a number if there is one. */
        SafetyContact: {
            /** @description The person, place or service. */
            name: string;
            /** @description The number to call: digits and what stands between them. */
            phone: string | null;
        };
        /** @description A person or place, with a number if there is one. */
        SafetyContactCreate: {
            /** @description The person, place or service. */
            name: string;
            phone?: components["schemas"]["FieldPhone"];
        };
        /**
         * @description One version of a patient's safety plan.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "number": 2,
         *       "state": "in_force",
         *       "warning_signs": [
         *         "I stop answering messages"
         *       ],
         *       "internal_coping": [
         *         "Walk to the river and back"
         *       ],
         *       "distraction": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142"
         *         }
         *       ],
         *       "people_to_ask": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142"
         *         }
         *       ],
         *       "professionals": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142",
         *           "hours": "Monday to Friday, 9 to 17"
         *         }
         *       ],
         *       "means_safety": [
         *         "My brother keeps the medicines"
         *       ],
         *       "reason_for_living": "My daughter",
         *       "review_on": "2027-02-15",
         *       "written_by": "clinician",
         *       "written_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "confirmed_at": "2026-11-20T17:00:00Z",
         *       "confirmed_by_id": null,
         *       "monitoring": null
         *     }
         */
        SafetyPlan: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Counts the versions of the plan. */
            number: number;
            /** @description Only a version in force is followed. */
            state: components["schemas"]["SafetyPlanState"];
            /** @description Step 1: signs that a crisis may be coming; at most 20. */
            warning_signs: string[];
            /** @description Step 2: things to do alone; at most 20. */
            internal_coping: string[];
            /** @description Step 3: people and places that take the mind off it. */
            distraction: components["schemas"]["SafetyContact"][];
            /** @description Step 4: people to ask for help. */
            people_to_ask: components["schemas"]["SafetyContact"][];
            /** @description Step 5: professionals and services. */
            professionals: components["schemas"]["SafetyProfessional"][];
            /** @description Step 6: how dangerous things are kept away; at most 20. */
            means_safety: string[];
            /** @description A reason to live, in the patient's words. */
            reason_for_living: string | null;
            review_on: components["schemas"]["FieldReviewOn"];
            /** @description The side that wrote this version. */
            written_by: components["schemas"]["SafetyPlanSide"];
            /**
             * Format: uuid
             * @description The account that wrote it.
             */
            written_by_id: string;
            /**
             * Format: date-time
             * @description When the patient put it in force (UTC); null if they did not.
             */
            confirmed_at: string | null;
            /**
             * Format: uuid
             * @description The patient's account, which confirmed it.
             */
            confirmed_by_id: string | null;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /** @description One difference between two versions. */
        SafetyPlanChange: {
            /** @description The step that it is in. */
            step: components["schemas"]["SafetyPlanStep"];
            /** @description The difference, as a sentence. */
            text: string;
        };
        /**
         * @description A new version, as a draft. It takes the place of a draft that waits.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "after_number": 1,
         *       "warning_signs": [
         *         "I stop answering messages"
         *       ],
         *       "internal_coping": [
         *         "Walk to the river and back"
         *       ],
         *       "distraction": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142"
         *         }
         *       ],
         *       "people_to_ask": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142"
         *         }
         *       ],
         *       "professionals": [
         *         {
         *           "name": "Maria, my sister",
         *           "phone": "+1 555 0142"
         *         }
         *       ],
         *       "means_safety": [
         *         "My brother keeps the medicines"
         *       ],
         *       "reason_for_living": "My daughter",
         *       "review_on": "2027-02-15"
         *     }
         */
        SafetyPlanCreate: {
            id?: components["schemas"]["FieldId2"];
            /**
             * Format: uuid
             * @description The patient; a patient may leave it out.
             */
            patient_id?: string | null;
            /** @description The newest version that you read, draft or not; 0 if there is none. */
            after_number: number;
            /** @description Step 1: signs that a crisis may be coming; at most 20. */
            warning_signs: string[];
            /** @description Step 2: things to do alone; at most 20. */
            internal_coping: string[];
            /** @description Step 3: people and places that take the mind off it; at most 20. */
            distraction: components["schemas"]["SafetyContactCreate"][];
            /** @description Step 4: people to ask for help; at most 20. */
            people_to_ask: components["schemas"]["SafetyContactCreate"][];
            /** @description Step 5: professionals and services; at most 20. */
            professionals: components["schemas"]["SafetyProfessionalCreate"][];
            /** @description Step 6: how dangerous things are kept away; at most 20. */
            means_safety: string[];
            /** @description A reason to live, in the patient's words. */
            reason_for_living?: string | null;
            review_on?: components["schemas"]["FieldReviewOn"];
        };
        /**
         * @description The differences between two versions, in the order of the steps.
         * @example {
         *       "from_number": 1,
         *       "to_number": 2,
         *       "changes": [
         *         {
         *           "step": "internal_coping",
         *           "text": "Added: Walk to the river and back"
         *         }
         *       ]
         *     }
         */
        SafetyPlanDifference: {
            /** @description Counts the versions of the plan. */
            from_number: number;
            /** @description Counts the versions of the plan. */
            to_number: number;
            /** @description All of them; none if the versions say the same. */
            changes: components["schemas"]["SafetyPlanChange"][];
        };
        /**
         * @description The next day of review.
         * @example {
         *       "review_on": "2027-02-15"
         *     }
         */
        SafetyPlanReview: {
            /**
             * Format: date
             * @description The day on which both look at it again.
             */
            review_on: string;
        };
        /**
         * @description The side that wrote a version.
         * @enum {string}
         */
        SafetyPlanSide: "patient" | "clinician";
        /**
         * @description The life of one version.
         * @enum {string}
         */
        SafetyPlanState: "draft" | "in_force" | "replaced";
        /**
         * @description The six steps, in the order in which they are taken, and what may stand beside them.
         *
         *     Source: Stanley and Brown 2012, Safety Planning Intervention. The order is the model's, the words are ours.
         * @enum {string}
         */
        SafetyPlanStep: "warning_signs" | "internal_coping" | "distraction" | "people_to_ask" | "professionals" | "means_safety" | "reason_for_living";
        /**
         * @description A token that reads your safety plan and nothing else. It is shown only here.
         * @example {
         *       "token": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-phone",
         *       "sign_in_id": "019ab0de-0000-7000-8000-00000000000c",
         *       "expires_at": "2026-11-20T17:00:00Z"
         *     }
         */
        SafetyPlanToken: {
            /** @description Send it as `Authorization: Bearer`. Any other operation refuses it. */
            token: string;
            /**
             * Format: uuid
             * @description Its sign-in, by which you end it.
             */
            sign_in_id: string;
            /**
             * Format: date-time
             * @description When it ends if it is not used (UTC): each day of use renews it for 90 days.
             */
            expires_at: string;
        };
        /** @description A professional or service, with number and hours if they are known. */
        SafetyProfessional: {
            /** @description The person, place or service. */
            name: string;
            /** @description The number to call: digits and what stands between them. */
            phone: string | null;
            /** @description When they answer. */
            hours: string | null;
        };
        /** @description A professional or service, with number and hours if they are known. */
        SafetyProfessionalCreate: {
            /** @description The person, place or service. */
            name: string;
            phone?: components["schemas"]["FieldPhone"];
            /** @description When they answer. */
            hours?: string | null;
        };
        /**
         * @description One meeting of patient and staff.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000009",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-20T15:04:00Z",
         *       "version": 2,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "phase": "dosing",
         *       "modality": "in_person",
         *       "planned_start_at": "2026-11-20T15:00:00Z",
         *       "planned_end_at": "2026-11-20T18:00:00Z",
         *       "intention": "To meet what comes with kindness",
         *       "state": "in_progress",
         *       "started_at": "2026-11-20T15:04:00Z",
         *       "ended_at": null,
         *       "claimed_started_at": null,
         *       "claimed_ended_at": null,
         *       "clock_skewed": false,
         *       "people": [
         *         {
         *           "role": "therapist",
         *           "name": "Imani Vale",
         *           "account_id": "019ab0de-0000-7000-8000-000000000002"
         *         }
         *       ],
         *       "set_and_setting": null,
         *       "end_reason": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "corrected_at": null,
         *       "corrected_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "correction_reason": null,
         *       "no_dose_reason": null,
         *       "doses_recorded": 0,
         *       "allowed_actions": [
         *         "update",
         *         "complete",
         *         "cancel"
         *       ]
         *     }
         */
        Session: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            course_id: components["schemas"]["FieldCourseId"];
            /** @description Its purpose. */
            phase: components["schemas"]["Phase"];
            /** @description Its modality: where the people are. */
            modality: components["schemas"]["Modality"];
            planned_start_at: components["schemas"]["FieldPlannedStartAt"];
            planned_end_at: components["schemas"]["FieldPlannedEndAt"];
            /** @description The patient's intention, in their words. */
            intention: string | null;
            /** @description Its present state. */
            state: components["schemas"]["SessionState"];
            started_at: components["schemas"]["FieldStartedAt"];
            ended_at: components["schemas"]["FieldEndedAt2"];
            /**
             * Format: date-time
             * @description Start by a device whose clock was wrong.
             */
            claimed_started_at: string | null;
            /**
             * Format: date-time
             * @description End by a device whose clock was wrong.
             */
            claimed_ended_at: string | null;
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description Everybody who is there beside the patient. */
            people: components["schemas"]["PersonThere"][];
            /** @description The patient's state of mind and the place. */
            set_and_setting: components["schemas"]["SetAndSettingThen"] | null;
            /** @description Why it was cancelled or missed. */
            end_reason: string | null;
            /**
             * Format: uuid
             * @description The account that planned it.
             */
            created_by_id: string;
            /**
             * Format: date-time
             * @description When it was last corrected (UTC).
             */
            corrected_at: string | null;
            /**
             * Format: uuid
             * @description The account that corrected it.
             */
            corrected_by_id: string | null;
            /** @description Why it was corrected; the patient can read it. */
            correction_reason: string | null;
            /** @description Why a dosing session took place without a dose. */
            no_dose_reason: string | null;
            /** @description The number of its doses that stand. */
            doses_recorded: number;
            /** @description The actions that you may take on it now. */
            allowed_actions: components["schemas"]["SessionStep"][];
        };
        /**
         * @description Why it does not take place, or was broken off.
         * @example {
         *       "reason": "Moved to next week at the patient's wish"
         *     }
         */
        SessionCancel: {
            /** @description Why; the patient can read it. */
            reason?: string | null;
        };
        /**
         * @description The time at which it ended, if that was not just now.
         * @example {
         *       "ended_at": "2026-11-20T17:40:00Z"
         *     }
         */
        SessionComplete: {
            /**
             * Format: date-time
             * @description When it ended. Absent: now.
             */
            ended_at?: string | null;
        };
        /**
         * @description A session to plan.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "course_id": "019ab0de-0000-7000-8000-000000000008",
         *       "phase": "dosing",
         *       "modality": "in_person",
         *       "planned_start_at": "2026-11-20T15:00:00Z",
         *       "planned_end_at": "2026-11-20T18:00:00Z",
         *       "intention": "To meet what comes with kindness",
         *       "people": [
         *         {
         *           "role": "therapist",
         *           "name": "Imani Vale",
         *           "account_id": "019ab0de-0000-7000-8000-000000000002"
         *         }
         *       ],
         *       "set_and_setting": {
         *         "expectation": "Curious, a little nervous",
         *         "mood_on_arrival": "Calm",
         *         "sleep": "Seven hours",
         *         "food": "Light breakfast at eight",
         *         "substances_24h": "One coffee",
         *         "support_person": "Sister drives home",
         *         "room": "Garden room, curtains half drawn",
         *         "position": "Reclined",
         *         "eyeshade": "Wanted, on from the start",
         *         "music": "Own list, volume low",
         *         "scent_and_light": "No scent, warm light",
         *         "touch_agreement": "Hand only; open palm means stop",
         *         "stance": "Mostly quiet company"
         *       }
         *     }
         */
        SessionCreate: {
            id?: components["schemas"]["FieldId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            course_id?: components["schemas"]["FieldCourseId"];
            /** @description Its purpose. */
            phase: components["schemas"]["Phase"];
            /** @description Its modality: where the people are. */
            modality: components["schemas"]["Modality"];
            planned_start_at: components["schemas"]["FieldPlannedStartAt"];
            planned_end_at?: components["schemas"]["FieldPlannedEndAt"];
            /** @description The patient's intention, in their words. */
            intention?: string | null;
            people?: components["schemas"]["FieldPeople"];
            /** @description The patient's state of mind and the place. */
            set_and_setting?: components["schemas"]["SetAndSetting"] | null;
        };
        /**
         * @description The reason, if it is known, why the patient did not come.
         * @example {
         *       "reason": "No answer by phone; letter sent"
         *     }
         */
        SessionNoShow: {
            /** @description The facts that are known; the patient can read them. */
            reason?: string | null;
        };
        /**
         * @description The time at which it began, if that was not just now.
         * @example {
         *       "started_at": "2026-11-20T15:04:00Z"
         *     }
         */
        SessionStart: {
            /**
             * Format: date-time
             * @description When it began. Absent: now.
             */
            started_at?: string | null;
        };
        /**
         * @description The life of a session.
         * @enum {string}
         */
        SessionState: "planned" | "in_progress" | "completed" | "cancelled" | "no_show";
        /**
         * @description The steps that a session can take.
         * @enum {string}
         */
        SessionStep: "update" | "correct" | "start" | "complete" | "cancel" | "no_show";
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "planned_start_at": "2026-11-21T15:00:00Z"
         *     }
         */
        SessionUpdate: {
            course_id?: components["schemas"]["FieldCourseId"];
            /** @description Its modality: where the people are. */
            modality?: components["schemas"]["Modality"];
            planned_start_at?: components["schemas"]["FieldPlannedStartAt"];
            planned_end_at?: components["schemas"]["FieldPlannedEndAt"];
            people?: components["schemas"]["FieldPeople"];
            /** @description The patient's intention, in their words. */
            intention?: string | null;
            /** @description The patient's state of mind and the place. */
            set_and_setting?: components["schemas"]["SetAndSetting"] | null;
            /** @description Why a dosing session took place without a dose. */
            no_dose_reason?: string | null;
            /** @description The right state; this and all below only in a correction. */
            state?: components["schemas"]["CorrectedSessionState"];
            started_at?: components["schemas"]["FieldStartedAt"];
            ended_at?: components["schemas"]["FieldEndedAt2"];
            /** @description Why it was cancelled or missed. */
            end_reason?: string | null;
            /** @description Why it was corrected; the patient can read it. */
            correction_reason?: string;
        };
        /** @description The patient's state of mind and the place, each in a few words. Source: clinical.md section 1.6. */
        SetAndSetting: {
            /** @description The patient's expectations. */
            expectation?: string | null;
            /** @description The patient's mood on arrival. */
            mood_on_arrival?: string | null;
            /** @description The patient's sleep before the session. */
            sleep?: string | null;
            /** @description Last meal and drinks, and when. */
            food?: string | null;
            /** @description Anything taken in the last 24 hours. */
            substances_24h?: string | null;
            /** @description The people who support them, and who bring them home. */
            support_person?: string | null;
            /** @description The room, or where they are during telehealth. */
            room?: string | null;
            /** @description Sitting, reclined or lying. */
            position?: string | null;
            /** @description Eyeshade, and when. */
            eyeshade?: string | null;
            /** @description Music and volume. */
            music?: string | null;
            /** @description Scents and lighting. */
            scent_and_light?: string | null;
            /** @description Which touch is agreed, and the sign to stop it. */
            touch_agreement?: string | null;
            /** @description The degree to which staff lead and speak. */
            stance?: string | null;
        };
        /** @description The patient's state of mind and the place, as they were given; null if nothing was said. */
        SetAndSettingThen: {
            /** @description The patient's expectations. */
            expectation: string | null;
            /** @description The patient's mood on arrival. */
            mood_on_arrival: string | null;
            /** @description The patient's sleep before the session. */
            sleep: string | null;
            /** @description Last meal and drinks, and when. */
            food: string | null;
            /** @description Anything taken in the last 24 hours. */
            substances_24h: string | null;
            /** @description The people who support them, and who bring them home. */
            support_person: string | null;
            /** @description The room, or where they are during telehealth. */
            room: string | null;
            /** @description Sitting, reclined or lying. */
            position: string | null;
            /** @description Eyeshade, and when. */
            eyeshade: string | null;
            /** @description Music and volume. */
            music: string | null;
            /** @description Scents and lighting. */
            scent_and_light: string | null;
            /** @description Which touch is agreed, and the sign to stop it. */
            touch_agreement: string | null;
            /** @description The degree to which staff lead and speak. */
            stance: string | null;
        };
        /**
         * @description The readers: the patient alone, or the care team too (once it is released).
         * @enum {string}
         */
        Sharing: "private" | "shared";
        /**
         * @description Whether the patient sees a note once it is signed.
         * @enum {string}
         */
        SharingState: "shared" | "withheld";
        /**
         * @description An address and a password; and a second factor, if the account has one.
         * @example {
         *       "email": "imani.vale@example.org",
         *       "password": "quiet-otter-rows-upstream"
         *     }
         */
        SignIn: {
            /** @description The account's e-mail address. Capitals, and blanks around it, are ignored. */
            email: string;
            /** @description The account's password. */
            password: string;
            /** @description The clinic's slug, if one address is used in several clinics. */
            clinic?: string | null;
            totp_code?: components["schemas"]["FieldTotpCode"];
            /** @description One of the ten recovery codes, if every factor is lost. Blanks, hyphens and capitals are ignored. */
            recovery_code?: string | null;
            device?: components["schemas"]["FieldDevice"];
            /** @description From this address's last sign-in on this device. It proves nothing about who you are; a device that shows it is not slowed down by what others try elsewhere. */
            device_token?: string | null;
            cookie?: components["schemas"]["FieldCookie"];
        };
        /** @description One signature, and the proof that the ledger tells of it. */
        SignatureProof: components["schemas"]["NoteSignature"] & {
            /** @description The capacity in which they signed. */
            signed_as: components["schemas"]["SignedAs"];
            /** @description The ledger row of this signature. */
            entry: components["schemas"]["ProofEntry"];
            /** @description The row's place in the clinic's ledger, counted from 1. */
            position: number;
            /** @description SHA-256 of the row's canonical bytes, hexadecimal. */
            leaf: string;
            /** @description The hashes that lead from the leaf to the root, nearest first. */
            path: string[];
            /** @description The seal over the row. */
            seal: components["schemas"]["ProofSeal"];
        };
        /**
         * @description The capacity in which somebody signs a note.
         * @enum {string}
         */
        SignedAs: "author" | "cosigner";
        /**
         * @description Why a strategy was not used. None of them is a failure.
         * @enum {string}
         */
        SkippedReason: "forgot" | "no_time" | "too_distressed" | "too_tired" | "did_not_want_to" | "not_needed" | "obstacle" | "other";
        /**
         * @description The order of a list by its time.
         * @enum {string}
         */
        SortOrder: "desc" | "asc";
        /**
         * @description The kind of tool that a draft was made with.
         * @enum {string}
         */
        SourceKind: "dictation" | "scribe" | "model";
        /**
         * @description One proof of who you are: a code, a passkey, or, if the account has no factor, the password.
         * @example {
         *       "totp_code": "492039"
         *     }
         */
        StepUp: {
            totp_code?: components["schemas"]["FieldTotpCode"];
            /** @description `credential.toJSON()` of what `navigator.credentials.get` gave. */
            credential?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @description The password, for an account that has no second factor. */
            password?: string | null;
        };
        /**
         * @description One strategy of a plan. It is changed under the plan's version, never under its own.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000011",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "category": "paced_breathing",
         *       "title": "Longer out than in",
         *       "description": "Two minutes on the back step.",
         *       "if_cue": "If I notice the spiral starting after dinner",
         *       "then_action": "then I breathe in to four and out to six for two minutes.",
         *       "schedule": "FREQ=DAILY;BYHOUR=20;BYMINUTE=30",
         *       "starts_on": "2026-11-30",
         *       "duration_minutes": 2,
         *       "supports": [
         *         "My sister"
         *       ],
         *       "confidence": 6,
         *       "importance": 9,
         *       "library_id": null,
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "goal_id": "019ab0de-0000-7000-8000-000000000016",
         *       "rehearsed_at": null,
         *       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *       "plan_version": 2,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "barriers": [
         *         {
         *           "barrier": "The children need me",
         *           "workaround": "I ask for two minutes first"
         *         }
         *       ],
         *       "rehearsal_happened_at": null,
         *       "clock_skewed": false,
         *       "suggest_smaller_step": true,
         *       "continues_id": "019ab0de-0000-7000-8000-000000000011",
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "monitoring": null
         *     }
         */
        Strategy: components["schemas"]["Resource"] & {
            /** @description The kind of strategy. */
            category: components["schemas"]["StrategyCategory"];
            /** @description A few words. */
            title: string;
            /** @description A description, and how to do it. */
            description: string | null;
            /** @description The cue: when, where or at which feeling. */
            if_cue: string | null;
            /** @description The action: what to do then. */
            then_action: string | null;
            schedule: components["schemas"]["FieldSchedule"];
            starts_on: components["schemas"]["FieldStartsOn"];
            /** @description The duration of one use, in minutes. */
            duration_minutes: number | null;
            /** @description People and things that help; at most 10. */
            supports: string[];
            /** @description The patient's confidence to do it, 0-10. */
            confidence: number | null;
            /** @description Its importance to the patient, 0-10. */
            importance: number | null;
            library_id: components["schemas"]["FieldLibraryId"];
            insight_id: components["schemas"]["FieldInsightId3"];
            /**
             * Format: uuid
             * @description The goal that it serves.
             */
            goal_id: string | null;
            rehearsed_at: components["schemas"]["FieldRehearsedAt"];
            /**
             * Format: uuid
             * @description The plan.
             */
            plan_id: string;
            /** @description The plan's version now; the ETag of this answer and the next If-Match. */
            plan_version: number;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Possible obstacles, each with an answer to it. */
            barriers: components["schemas"]["Barrier"][];
            /**
             * Format: date-time
             * @description The time of `rehearsed_at` that counts (UTC).
             */
            rehearsal_happened_at: string | null;
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description Confidence is below 7: a smaller step may be easier to keep. */
            suggest_smaller_step: boolean;
            /**
             * Format: uuid
             * @description The strategy of the replaced plan that it was copied from.
             */
            continues_id: string | null;
            /**
             * Format: uuid
             * @description The account that added it.
             */
            created_by_id: string;
            /** @description The statement to the patient who wrote it just now; null otherwise. */
            monitoring: components["schemas"]["Monitoring"] | null;
        };
        /**
         * @description The kinds of strategies. Source: clinical.md section 4.
         * @enum {string}
         */
        StrategyCategory: "grounding_sensory" | "paced_breathing" | "progressive_relaxation" | "mindfulness_meditation" | "self_compassion" | "cognitive_reframing" | "defusion" | "emotion_labeling" | "distress_tolerance" | "behavioural_activation" | "sleep_hygiene" | "movement_exercise" | "yoga_somatic" | "nutrition_hydration" | "nature_contact" | "creative_expression" | "music" | "journaling" | "social_connection" | "professional_support" | "spiritual_ritual" | "values_action" | "graded_exposure" | "boundary_setting" | "substance_avoidance" | "digital_hygiene" | "problem_solving" | "means_safety" | "other";
        /**
         * @description Whether a strategy stayed as it was.
         * @enum {string}
         */
        StrategyChange: "same" | "changed" | "added" | "removed";
        /** @description A strategy as it was in an earlier revision of its plan. */
        StrategyContent: {
            /** @description Identifier of the strategy. */
            id: string;
            /** @description The kind of strategy then. */
            category: string;
            /** @description A few words. */
            title: string;
            /** @description A description, and how to do it. */
            description: string | null;
            /** @description The cue: when, where or at which feeling. */
            if_cue: string | null;
            /** @description The action: what to do then. */
            then_action: string | null;
            schedule: components["schemas"]["FieldSchedule"];
            /**
             * Format: date
             * @description The schedule's first day.
             */
            starts_on: string | null;
            /** @description The duration of one use, in minutes. */
            duration_minutes: number | null;
            /** @description Possible obstacles. */
            barriers: components["schemas"]["Barrier"][];
            /** @description People and things that help; at most 10. */
            supports: string[];
            /** @description The patient's confidence to do it, 0-10. */
            confidence: number | null;
            /** @description Its importance to the patient, 0-10. */
            importance: number | null;
            /** @description The library entry it was made from. */
            library_id: string | null;
        };
        /**
         * @description A new strategy. Before the plan can be proposed, it needs its cue and its action.
         * @example {
         *       "category": "paced_breathing",
         *       "title": "Longer out than in",
         *       "description": "Two minutes on the back step.",
         *       "if_cue": "If I notice the spiral starting after dinner",
         *       "then_action": "then I breathe in to four and out to six for two minutes.",
         *       "schedule": "FREQ=DAILY;BYHOUR=20;BYMINUTE=30",
         *       "starts_on": "2026-11-30",
         *       "duration_minutes": 2,
         *       "supports": [
         *         "My sister"
         *       ],
         *       "confidence": 6,
         *       "importance": 9,
         *       "insight_id": "019ab0de-0000-7000-8000-000000000014",
         *       "goal_id": "019ab0de-0000-7000-8000-000000000016",
         *       "barriers": [
         *         {
         *           "barrier": "The children need me",
         *           "workaround": "I ask for two minutes first"
         *         }
         *       ]
         *     }
         */
        StrategyCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The kind of strategy. */
            category: components["schemas"]["StrategyCategory"];
            /** @description A few words. */
            title: string;
            /** @description A description, and how to do it. */
            description?: string | null;
            /** @description The cue: when, where or at which feeling. */
            if_cue?: string | null;
            /** @description The action: what to do then. */
            then_action?: string | null;
            schedule?: components["schemas"]["FieldSchedule2"];
            starts_on?: components["schemas"]["FieldStartsOn"];
            duration_minutes?: components["schemas"]["FieldDurationMinutes"];
            supports?: components["schemas"]["FieldSupports"];
            confidence?: components["schemas"]["FieldConfidence"];
            importance?: components["schemas"]["FieldImportance"];
            library_id?: components["schemas"]["FieldLibraryId"];
            insight_id?: components["schemas"]["FieldInsightId3"];
            /**
             * Format: uuid
             * @description The goal that it serves.
             */
            goal_id?: string | null;
            rehearsed_at?: components["schemas"]["FieldRehearsedAt"];
            barriers?: components["schemas"]["FieldBarriers"];
        };
        /** @description The changes of one strategy. */
        StrategyDiff: {
            /**
             * Format: uuid
             * @description Its id, in the later revision if it is there.
             */
            id: string;
            /** @description Whether it stayed as it was. */
            change: components["schemas"]["StrategyChange"];
            /** @description Each field that has or had a value. */
            fields: components["schemas"]["FieldDiff"][];
        };
        /** @description The effect of one strategy, over all versions of its plan so far. */
        StrategyEffect: {
            /**
             * Format: uuid
             * @description The strategy of this plan.
             */
            strategy_id: string;
            /** @description Uses that were logged and count. */
            uses: number;
            /** @description Skips that were logged and count. */
            skips: number;
            /** @description Over all rated uses. */
            change: components["schemas"]["DistressChange"];
            /** @description Of these, the uses under high distress. */
            change_from_high: components["schemas"]["DistressChange"];
            /** @description Of these, the other uses. */
            change_from_lower: components["schemas"]["DistressChange"];
            /** @description Mean helpfulness, 0-4. */
            mean_helpfulness: number | null;
            /** @description The answers to `would_use_again`. */
            would_use_again: components["schemas"]["UsedAgain"];
            /** @description Uses and occurrences of the schedule lately. */
            adherence: components["schemas"]["Adherence"];
            /** @description 1 for the largest mean relief; null below `minimum_n` rated uses, or alone. */
            rank: number | null;
        };
        /**
         * @description The fields to change. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "then_action": "then I breathe out slowly three times.",
         *       "confidence": 8
         *     }
         */
        StrategyUpdate: {
            /** @description The kind of strategy. */
            category?: components["schemas"]["StrategyCategory"];
            /** @description A few words. */
            title?: string;
            /** @description A description, and how to do it. */
            description?: string | null;
            /** @description The cue: when, where or at which feeling. */
            if_cue?: string | null;
            /** @description The action: what to do then. */
            then_action?: string | null;
            schedule?: components["schemas"]["FieldSchedule2"];
            starts_on?: components["schemas"]["FieldStartsOn"];
            duration_minutes?: components["schemas"]["FieldDurationMinutes"];
            barriers?: components["schemas"]["FieldBarriers"];
            supports?: components["schemas"]["FieldSupports"];
            confidence?: components["schemas"]["FieldConfidence"];
            importance?: components["schemas"]["FieldImportance"];
            library_id?: components["schemas"]["FieldLibraryId"];
            /**
             * Format: uuid
             * @description The insight behind it; no new revision.
             */
            insight_id?: string | null;
            /**
             * Format: uuid
             * @description The goal that it serves; no new revision.
             */
            goal_id?: string | null;
            /**
             * Format: date-time
             * @description When it was last rehearsed, by the device's clock (UTC); no new revision.
             */
            rehearsed_at?: string | null;
        };
        /**
         * @description Requests, done in this order.
         * @example {
         *       "items": [
         *         {
         *           "key": "tonight-1",
         *           "operation": "update_reflection",
         *           "path": "/v1/reflections/019ab0de-0000-7000-8000-000000000007",
         *           "if_match": "\"1\"",
         *           "body": {
         *             "text": "The lake was completely still."
         *           },
         *           "on_conflict": "keep_both",
         *           "after": []
         *         }
         *       ]
         *     }
         */
        SyncBatch: {
            /** @description The requests. */
            items: components["schemas"]["SyncItem"][];
        };
        /** @description One request of a batch. */
        SyncItem: {
            /** @description Its `Idempotency-Key`. */
            key: string;
            /** @description Its operation. */
            operation: components["schemas"]["SyncOperation"];
            /** @description Its path. */
            path: string;
            /** @description Its `If-Match`: `"1"` after a create, one more after a change. */
            if_match?: string | null;
            /** @description Its body. */
            body?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Its `On-Conflict`.
             * @default refuse
             */
            on_conflict?: components["schemas"]["OnConflict"];
            /** @description Keys of earlier items. Unless all of them end with 2xx, this one is left out. */
            after?: string[];
        };
        /**
         * @description An operation that can be written offline.
         * @enum {string}
         */
        SyncOperation: "mark_inbox_read" | "complete_task" | "create_course" | "update_course" | "create_session" | "update_session" | "start_session" | "complete_session" | "cancel_session" | "no_show_session" | "create_medicine" | "update_medicine" | "withdraw_medicine" | "create_note" | "update_note" | "delete_note" | "create_reflection" | "update_reflection" | "delete_reflection" | "submit_reflection" | "share_reflection" | "unshare_reflection" | "review_reflection" | "reply_reflection" | "create_plan" | "update_plan" | "propose_plan" | "accept_plan" | "decline_plan" | "pause_plan" | "resume_plan" | "complete_plan" | "archive_plan" | "add_strategy" | "update_strategy" | "remove_strategy" | "log_practice" | "withdraw_practice";
        /** @description The response to one item, or why it was not attempted. */
        SyncResult: {
            /** @description The key of the item. */
            key: string;
            /** @description The status; null if not attempted. */
            status: number | null;
            /** @description Its `ETag`. */
            etag: string | null;
            /** @description Its body, of a 2xx. */
            body: {
                [key: string]: unknown;
            } | null;
            /** @description Its body, of any other status. */
            problem: {
                [key: string]: unknown;
            } | null;
            /** @description Why it was left out; send it again. `blocked`: one of `after` failed, or its thing had changed. */
            not_attempted: components["schemas"]["NotAttempted"] | null;
        };
        /**
         * @description The results, in the order of the items.
         * @example {
         *       "results": [
         *         {
         *           "key": "tonight-1",
         *           "status": 200,
         *           "etag": "\"2-9f1c7a52\"",
         *           "body": {
         *             "id": "019ab0de-0000-7000-8000-000000000007"
         *           },
         *           "problem": null,
         *           "not_attempted": null
         *         }
         *       ]
         *     }
         */
        SyncResults: {
            /** @description One for each item. */
            results: components["schemas"]["SyncResult"][];
        };
        /** @description One thing that waits for you. */
        Task: {
            /**
             * Format: uuid
             * @description Identifier of the task.
             */
            id: string;
            /** @description The thing that waits. */
            kind: components["schemas"]["TaskKind"];
            /** @description The urgency; the list has the most urgent first. */
            urgency: components["schemas"]["Urgency"];
            /**
             * Format: uuid
             * @description The patient whose chart it is in.
             */
            patient_id: string;
            /** @description The preferred name, else the full one; null if you may not see the chart. */
            patient_name: string | null;
            /** @description The plan's title, or a note's first words; null for a reflection, which this does not read. */
            title: string | null;
            /** @description One word: a note's format, a reflection's kind, a plan's state. */
            detail: string | null;
            /**
             * Format: uuid
             * @description The reflection, note, plan or call for help.
             */
            subject_id: string;
            /**
             * Format: date-time
             * @description Since when it waits (UTC).
             */
            opened_at: string;
            /**
             * Format: date-time
             * @description When it is due by the clinic's policy (UTC).
             */
            due_at: string;
        };
        /**
         * @description The kinds of things that wait for a clinician.
         * @enum {string}
         */
        TaskKind: "reflection_to_review" | "note_to_sign" | "note_to_cosign" | "plan_to_answer" | "plan_to_read" | "reply_to_read" | "practice_to_read" | "medicines_to_read" | "help_asked" | "withholding_to_review" | "plan_to_finish" | "safety_plan_to_read" | "adverse_event_to_review" | "rems_form_to_send" | "disagreement_to_read" | "amendment_request_to_answer" | "reply_missed" | "readiness_to_check" | "session_to_document" | "observer_check_missed" | "observer_alarm" | "link_lost" | "goal_to_read";
        /** @description A part of a text, and what became of it. */
        TextPart: {
            /** @description Whether it stayed, was added or was removed. */
            kind: components["schemas"]["PartKind"];
            /** @description The part, with its blanks. */
            text: string;
        };
        /**
         * @description One dosing session, and what it led to.
         * @example {
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "at": "2026-11-20T15:10:00Z",
         *       "intention": "To rest.",
         *       "intention_of": "session",
         *       "doses": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000018",
         *           "given_at": "2026-11-20T15:10:00Z",
         *           "route": "im"
         *         }
         *       ],
         *       "reflections": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000009",
         *           "at": "2026-11-20T21:10:00Z",
         *           "insights": [
         *             {
         *               "id": "019ab0de-0000-7000-8000-000000000014",
         *               "text": "Stillness is allowed.",
         *               "goals": [
         *                 {
         *                   "id": "019ab0de-0000-7000-8000-000000000016",
         *                   "title": "Out of the flat again",
         *                   "baseline_level": -1,
         *                   "level": 1,
         *                   "strategies": [
         *                     {
         *                       "id": "019ab0de-0000-7000-8000-000000000011",
         *                       "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *                       "title": "Longer out than in",
         *                       "uses": 7,
         *                       "change": {
         *                         "n": 6,
         *                         "mean": -2.17,
         *                         "low": null,
         *                         "high": null
         *                       }
         *                     }
         *                   ]
         *                 }
         *               ],
         *               "strategies": [
         *                 {
         *                   "id": "019ab0de-0000-7000-8000-000000000011",
         *                   "plan_id": "019ab0de-0000-7000-8000-000000000010",
         *                   "title": "Longer out than in",
         *                   "uses": 7,
         *                   "change": {
         *                     "n": 6,
         *                     "mean": -2.17,
         *                     "low": null,
         *                     "high": null
         *                   }
         *                 }
         *               ]
         *             }
         *           ]
         *         }
         *       ],
         *       "is_whole": true
         *     }
         */
        Thread: {
            session_id: components["schemas"]["FieldSessionId"];
            /**
             * Format: date-time
             * @description When the dosing session was planned to begin (UTC).
             */
            at: string;
            /** @description The intention before it; that of the course if the session has none. */
            intention: string | null;
            /** @description Whose intention it is. */
            intention_of: components["schemas"]["IntentionSource"] | null;
            /** @description Its doses that stand, the first first. */
            doses: components["schemas"]["ThreadDose"][];
            /** @description Reflections about it, or after its doses and about no other dosing session, the first first. */
            reflections: components["schemas"]["ThreadReflection"][];
            /** @description False: there may be more than the newest 200 things of a kind; ask with a smaller `limit`. */
            is_whole: boolean;
        };
        /** @description A dose that stands. */
        ThreadDose: {
            /**
             * Format: uuid
             * @description The dose.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the dose was given (UTC).
             */
            given_at: string;
            /** @description The route of the dose. */
            route: components["schemas"]["DoseRoute"];
        };
        /** @description A goal that comes from an insight. */
        ThreadGoal: {
            /**
             * Format: uuid
             * @description The goal itself.
             */
            id: string;
            /** @description The goal's title. */
            title: string;
            /** @description The goal's level at the start. */
            baseline_level: number;
            /** @description Its last rating by either side; null if none. */
            level: number | null;
            /** @description The strategies that serve the goal. */
            strategies: components["schemas"]["ThreadStrategy"][];
        };
        /** @description An insight, and what was made of it. */
        ThreadInsight: {
            /**
             * Format: uuid
             * @description The insight itself.
             */
            id: string;
            /** @description The insight in the patient's words. */
            text: string;
            /** @description Goals that come from it. */
            goals: components["schemas"]["ThreadGoal"][];
            /** @description Strategies that point to it, or whose plan does. */
            strategies: components["schemas"]["ThreadStrategy"][];
        };
        /** @description A reflection after the doses, which answers the intention before them. */
        ThreadReflection: {
            /**
             * Format: uuid
             * @description The reflection.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was written (UTC).
             */
            at: string;
            /** @description Its insights; for staff none, until somebody of the team has read it. */
            insights: components["schemas"]["ThreadInsight"][];
        };
        /** @description A strategy that serves an insight or a goal, with what its practices tell. */
        ThreadStrategy: {
            /**
             * Format: uuid
             * @description The strategy of its present plan.
             */
            id: string;
            /**
             * Format: uuid
             * @description The plan of the strategy.
             */
            plan_id: string;
            /** @description The strategy's title. */
            title: string;
            /** @description Uses that count, in all versions of its plan. */
            uses: number;
            /** @description The change of distress over its rated uses. */
            change: components["schemas"]["DistressChange"];
        };
        /**
         * @description One thing that happened or is planned. Its whole text is with the thing itself.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000009",
         *       "kind": "session",
         *       "at": "2026-11-20T15:00:00Z",
         *       "state": "completed",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "detail": "dosing",
         *       "title": null
         *     }
         */
        TimelineItem: {
            /**
             * Format: uuid
             * @description Identifier of the thing itself.
             */
            id: string;
            /** @description The kind of thing. */
            kind: components["schemas"]["TimelineKind"];
            /**
             * Format: date-time
             * @description When it happened, or is to happen (UTC).
             */
            at: string;
            /** @description Its state, by the names of its kind. */
            state: string | null;
            /**
             * Format: uuid
             * @description The session it belongs to; for a session its own.
             */
            session_id: string | null;
            /** @description One word of its kind: a session's phase, a note's format and the like. */
            detail: string | null;
            /** @description The title of a plan, a goal or a practised strategy, or the first words; at most 80 characters. For staff, null if nobody of the team has read the reflection. */
            title: string | null;
        };
        /**
         * @description The kind of an item. Each kind has one arm in `statements.py`.
         * @enum {string}
         */
        TimelineKind: "session" | "note" | "reflection" | "plan" | "practice" | "goal";
        /**
         * @description A short access token, and a refresh token for the next one.
         * @example {
         *       "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
         *       "token_type": "Bearer",
         *       "expires_in": 900,
         *       "refresh_token": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-sign-in",
         *       "account_id": "019ab0de-0000-7000-8000-000000000002",
         *       "device_token": "8kq1cX0bHn0zRr0oVqJ3YA-one-for-this-device"
         *     }
         */
        TokenPair: components["schemas"]["AccessToken"] & {
            /** @description For one refresh. Keep it where only this device can read it. Null: it is in the cookie. */
            refresh_token: string | null;
            /**
             * Format: uuid
             * @description The account that has signed in.
             */
            account_id: string;
            /** @description Keep it on this device, also after signing out, and send it with the next sign-in. Null after a refresh: the one before stays good. */
            device_token: string | null;
        };
        /**
         * @description A new app for codes.
         * @example {
         *       "label": "Phone"
         *     }
         */
        TotpAdd: {
            /** @description The name you give it. */
            label?: string | null;
        };
        /**
         * @description The secret that an authenticator app needs. It is shown only here; confirm the factor with its first code.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000000c",
         *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
         *       "uri": "otpauth://totp/Willow%20House:Imani%20Vale?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Willow%20House"
         *     }
         */
        TotpBegun: {
            /**
             * Format: uuid
             * @description The factor.
             */
            id: string;
            /** @description Base32, for typing in. */
            secret: string;
            /** @description The same as an `otpauth:` address, for a QR code. */
            uri: string;
        };
        /**
         * @description The first code of a new app.
         * @example {
         *       "totp_code": "492039"
         *     }
         */
        TotpConfirm: {
            /** @description Six digits of the authenticator app; each code works once. Blanks and hyphens are ignored. */
            totp_code: string;
        };
        /**
         * @description The urgency of a task, the most urgent first. Source: clinical.md section 5.
         * @enum {string}
         */
        Urgency: "critical" | "high" | "moderate" | "routine";
        /** @description The answers to whether the patient would use it again. */
        UsedAgain: {
            /** @description Answers that say yes. */
            yes: number;
            /** @description All answers. */
            answered: number;
        };
        /**
         * @description The version that is running.
         * @example {
         *       "version": "0.1.0",
         *       "revision": "2026_11_28_01"
         *     }
         */
        Version: {
            /** @description Version of the program. */
            version: string;
            /** @description Revision of the database schema that it needs. */
            revision: string;
        };
        /**
         * @description Why it should never have been there.
         * @example {
         *       "reason": "Wrong vial written down."
         *     }
         */
        Withdraw: {
            /** @description Why it counts no more. */
            reason: string;
        };
        /**
         * @description Why a signed note is kept from the patient for a time. Source: clinical.md section 2.4.
         * @enum {string}
         */
        WithholdReason: "danger_to_life" | "danger_to_another" | "requested_by_patient" | "litigation" | "other_legal";
        /**
         * @description The tasks that wait for you: the most urgent first, then the one that is due next.
         * @example {
         *       "items": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-000000000006",
         *           "kind": "reflection_to_review",
         *           "urgency": "routine",
         *           "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *           "patient_name": "Ro",
         *           "title": "The back step",
         *           "detail": "fragment",
         *           "subject_id": "019ab0de-0000-7000-8000-000000000007",
         *           "opened_at": "2026-11-20T21:14:00Z",
         *           "due_at": "2026-11-23T21:14:00Z"
         *         }
         *       ],
         *       "next_cursor": null,
         *       "waiting": 1
         *     }
         */
        Worklist: {
            /** @description The tasks of this page. */
            items: components["schemas"]["Task"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
            /** @description Number of tasks in all; 100 means 100 or more. */
            waiting: number;
        };
        /**
         * @description An error (RFC 9457).
         * @example {
         *       "type": "about:blank",
         *       "title": "Not found",
         *       "status": 404,
         *       "code": "not-found",
         *       "detail": "It does not exist, or it is not yours to see.",
         *       "request_id": "phone-41",
         *       "errors": []
         *     }
         */
        Problem: {
            /** @description Always `about:blank`: read `code`. */
            type: string;
            /** @description The kind of problem, for people. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            code: components["schemas"]["ProblemCode"];
            /** @description The problem in a sentence, for people. */
            detail: string;
            /** @description Name it when you report a fault. */
            request_id: string;
            /** @description The refused fields. */
            errors: components["schemas"]["FieldError"][];
        };
        /** @description A field that was refused. */
        FieldError: {
            /** @description The path of the field, as `body.title`. */
            field: string;
            /** @description The reason, for programs; more may come. */
            code: string;
            /** @description The reason, for people. */
            message: string;
        };
        /** @description The kind of problem, for programs. More may come: treat an unknown one as its status. */
        ProblemCode: string;
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Changed since you read it",
         *       "status": 412,
         *       "code": "stale-version",
         *       "detail": "It was changed since you read it; keep both texts, and decide. `current` is the present version.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "current": {
         *         "id": "019ab0de-0000-7000-8000-000000000006",
         *         "version": 3
         *       }
         *     }
         */
        StaleVersionProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "stale-version";
            /** @description The response to a GET of it, of the version that `ETag` names; absent if you may not read it. */
            current?: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Invalid request",
         *       "status": 422,
         *       "code": "invalid",
         *       "detail": "The request as a whole is not as declared; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        SupportInvalidProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "invalid";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Too many requests",
         *       "status": 429,
         *       "code": "too-many-requests",
         *       "detail": "The device asks too often; the crisis lines answer now. A request with an alarming check never waits.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ],
         *       "card": "Call 911 now, and say where you are. Stay with them."
         *     }
         */
        SupportWaitsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "too-many-requests";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
            /** @description Advice for this moment. */
            card?: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Already read",
         *       "status": 409,
         *       "code": "already-read",
         *       "detail": "The care team has read it, so it cannot be taken back; `first_read_at` tells since when.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "first_read_at": "2026-11-28T09:30:00Z"
         *     }
         */
        AlreadyReadProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "already-read";
            /**
             * Format: date-time
             * @description When somebody of the care team read it first.
             */
            first_read_at?: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Waits until the effect of the dose is over",
         *       "status": 409,
         *       "code": "altered-state-hold",
         *       "detail": "So soon after a dose this waits until `ends_at`. Writing and asking for help do not.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "ends_at": "2026-11-20T18:20:00Z"
         *     }
         */
        AlteredStateHoldProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "altered-state-hold";
            /**
             * Format: date-time
             * @description When it can be done (UTC).
             */
            ends_at?: string;
        };
        /** @description One open hold. */
        HeldBy: {
            /** @description The hold. */
            hold_id: string;
            /** @description Its item. */
            item: string;
            /** @description Its rule. */
            rule: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Dose held",
         *       "status": 409,
         *       "code": "dose-held",
         *       "detail": "The dose may not start: `holds` names each open hold. A dose already given is recorded all the same.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "holds": [
         *         {
         *           "hold_id": "019ab0de-0000-7000-8000-000000000031",
         *           "item": "rd.escort",
         *           "rule": "R23"
         *         }
         *       ]
         *     }
         */
        DoseHeldProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "dose-held";
            /** @description The holds that are open. */
            holds?: components["schemas"]["HeldBy"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Emergency access lasts",
         *       "status": 409,
         *       "code": "emergency-opened",
         *       "detail": "You have opened this chart, and your access still lasts, until `ends_at`; open it again after that.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "ends_at": "2026-11-21T02:10:00Z"
         *     }
         */
        EmergencyOpenedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "emergency-opened";
            /**
             * Format: date-time
             * @description When the access ends.
             */
            ends_at?: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Transition not possible",
         *       "status": 409,
         *       "code": "illegal-course-step",
         *       "detail": "A course cannot change from its state to that one; `allowed` names the possible states.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "active"
         *       ]
         *     }
         */
        IllegalCourseStepProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "illegal-course-step";
            /** @description The states that it can go to. */
            allowed?: components["schemas"]["CourseState"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Transition not possible",
         *       "status": 409,
         *       "code": "illegal-transition",
         *       "detail": "The plan cannot take this step from where it stands; `allowed` names the steps that can be taken.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "propose"
         *       ]
         *     }
         */
        IllegalPlanStepProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "illegal-transition";
            /** @description The steps that your side may take now; `replace` is `POST /v1/plans` with `replaces_id`. */
            allowed?: components["schemas"]["PlanStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Transition not possible",
         *       "status": 409,
         *       "code": "illegal-transition",
         *       "detail": "The session cannot take this step from where it stands; `allowed` names the steps that can be taken.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "start"
         *       ]
         *     }
         */
        IllegalSessionStepProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "illegal-transition";
            /** @description The steps from the present state. */
            allowed?: components["schemas"]["SessionStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Kept as a second draft",
         *       "status": 409,
         *       "code": "kept-both",
         *       "detail": "It was changed or deleted meanwhile; what you sent is kept beside it, as a draft of its own.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "conflict_of_id": "019ab0de-0000-7000-8000-000000000007",
         *       "kept_id": "019ab0de-0000-7000-8000-000000000008"
         *     }
         */
        KeptBothProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "kept-both";
            /**
             * Format: uuid
             * @description The thing that the change was meant for.
             */
            conflict_of_id?: string;
            /**
             * Format: uuid
             * @description The draft that holds what you sent.
             */
            kept_id?: string;
        };
        /**
         * @description An item that a session lacks before it can be completed.
         * @enum {string}
         */
        MissingItem: "staff_person" | "intention" | "dosing_record" | "discharge";
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Something is missing",
         *       "status": 409,
         *       "code": "not-complete",
         *       "detail": "The session lacks what completing it needs; `blocking` names each missing item.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "blocking": [
         *         "staff_person"
         *       ]
         *     }
         */
        NotCompleteProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "not-complete";
            /** @description `staff_person`: `people` names nobody who is there for the clinic (therapist, prescriber, supervisor or monitor). `intention`: a dosing session needs its `intention`. `dosing_record`: it needs a dose, or a `no_dose_reason`. `discharge`: after a dose, it needs a discharge that lacks nothing or was overridden. */
            blocking?: components["schemas"]["MissingItem"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Entered in error",
         *       "status": 409,
         *       "code": "note-in-error",
         *       "detail": "This note was entered in error; nothing more can be done with it.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "amend"
         *       ]
         *     }
         */
        NoteInErrorProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "note-in-error";
            /** @description The steps that you may take with this note now. */
            allowed?: components["schemas"]["NoteStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Not signed yet",
         *       "status": 409,
         *       "code": "note-not-signed",
         *       "detail": "This needs a signed note; sign it first, and have it co-signed if it needs that.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "amend"
         *       ]
         *     }
         */
        NoteNotSignedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "note-not-signed";
            /** @description The steps that you may take with this note now. */
            allowed?: components["schemas"]["NoteStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Not waiting",
         *       "status": 409,
         *       "code": "note-not-waiting",
         *       "detail": "This note does not wait for a co-signature; read it to see its state.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "amend"
         *       ]
         *     }
         */
        NoteNotWaitingProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "note-not-waiting";
            /** @description The steps that you may take with this note now. */
            allowed?: components["schemas"]["NoteStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Already signed",
         *       "status": 409,
         *       "code": "note-signed",
         *       "detail": "A signed note does not change; add an addendum or amend it. `allowed` names what can be done.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "allowed": [
         *         "amend"
         *       ]
         *     }
         */
        NoteSignedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "note-signed";
            /** @description The steps that you may take with this note now. */
            allowed?: components["schemas"]["NoteStep"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "REMS form incomplete",
         *       "status": 409,
         *       "code": "rems-form-incomplete",
         *       "detail": "The form lacks something; `missing` names each field.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "missing": [
         *         "minutes_observed"
         *       ]
         *     }
         */
        RemsFormIncompleteProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "rems-form-incomplete";
            /** @description The fields that are missing. */
            missing?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Must be kept",
         *       "status": 409,
         *       "code": "retention",
         *       "detail": "The chart must be kept until `keep_until`, by the clinic's retention policy.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "keep_until": "2036-11-28"
         *     }
         */
        StillKeptProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "retention";
            /**
             * Format: date
             * @description The day from which it may be erased.
             */
            keep_until?: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Sections are missing",
         *       "status": 409,
         *       "code": "sections-missing",
         *       "detail": "Signing needs every section of the format; `missing` names those that are absent or blank.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "missing": [
         *         "plan"
         *       ]
         *     }
         */
        SectionsMissingProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "sections-missing";
            /** @description The sections that are absent or blank. */
            missing?: components["schemas"]["NoteSection"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Strategies incomplete",
         *       "status": 409,
         *       "code": "strategies-incomplete",
         *       "detail": "Every strategy needs its cue and its action before the plan can be proposed; `strategies` names those without.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "strategies": [
         *         "019ab0de-0000-7000-8000-000000000031"
         *       ]
         *     }
         */
        StrategiesIncompleteProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "strategies-incomplete";
            /** @description The strategies that lack a cue or an action. */
            strategies?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Reading differs",
         *       "status": 409,
         *       "code": "vital-differs",
         *       "detail": "An id of the upload is in use for another reading; `ids` names each. Nothing of the upload was stored.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "ids": [
         *         "019ab0de-0000-7000-8000-000000000033"
         *       ]
         *     }
         */
        VitalDiffersProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "vital-differs";
            /** @description The ids. */
            ids?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Nobody was told",
         *       "status": 401,
         *       "code": "help-needs-sign-in",
         *       "detail": "Nobody was told, because the sign-in is missing or has ended; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "text": "If you are in danger, call 911.",
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        HelpNeedsSignInProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "help-needs-sign-in";
            /** @description Advice for this moment, to be shown as it is. */
            text?: string;
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        /**
         * @description A proof that may be asked for beside the password.
         * @enum {string}
         */
        FactorProof: "totp" | "passkey" | "recovery_code";
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Second factor needed",
         *       "status": 401,
         *       "code": "second-factor-needed",
         *       "detail": "The password is right; send it again with a second factor. `factors` names the kinds that the account has.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "factors": [
         *         "totp",
         *         "recovery_code"
         *       ]
         *     }
         */
        SecondFactorNeededProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "second-factor-needed";
            /** @description The factors of the account: send `totp_code`, use `POST /v1/auth/passkey`, or send `recovery_code`. */
            factors?: components["schemas"]["FactorProof"][];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Support token ended",
         *       "status": 401,
         *       "code": "support-ended",
         *       "detail": "The support token has ended or never was one; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        SupportEndedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "support-ended";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Unavailable",
         *       "status": 503,
         *       "code": "unavailable",
         *       "detail": "Try again with the same checks; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        SupportUnavailableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "unavailable";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        EventName: string;
        /** @enum {string} */
        BodyRegion: "head" | "face" | "throat" | "shoulders" | "chest" | "belly" | "back" | "pelvis" | "arms" | "hands" | "legs" | "feet";
        /** @enum {string} */
        Weekday: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
        /** @enum {string} */
        PolicyName: "altered_state_minutes_buccal" | "altered_state_minutes_im" | "altered_state_minutes_intranasal_esketamine" | "altered_state_minutes_intranasal_racemic" | "altered_state_minutes_iv_infusion" | "altered_state_minutes_oral" | "altered_state_minutes_sc" | "altered_state_minutes_sublingual" | "charts_per_ten_minutes" | "cosign_days" | "critical_answer_minutes" | "effects_minimum_practices" | "emergency_access_hours" | "high_answer_minutes" | "invitation_days" | "late_entry_hours" | "majority_years" | "missed_reply_hours" | "moderate_answer_hours" | "observer_check_minutes" | "password_reset_hours" | "patient_idle_days" | "patient_sign_in_days" | "plan_answer_days" | "reflection_review_hours" | "remote_record" | "retention_years" | "service_secret_overlap_hours" | "share_release_days" | "sign_step_up" | "staff_idle_minutes" | "staff_sign_in_hours" | "withhold_days";
        /** @enum {string} */
        CrisisResourceKind: "emergency" | "crisis_line";
        /** @enum {string} */
        CrisisContactMethod: "call" | "text" | "call or text";
        /** @enum {string} */
        FragmentForm: "word" | "mood" | "body_map" | "music";
        /** @enum {string} */
        ToldGroup: "team" | "supervisors" | "owner" | "nobody";
        ActionName: string;
        /** @enum {string} */
        NoteSection: "aes" | "affect_body" | "assessment" | "behavior" | "behaviour_commitments" | "coping_review" | "data" | "discharge" | "dose_summary" | "expectations_fears" | "goals" | "intention" | "intervention" | "interventions" | "meaning_insight" | "measures" | "narrative" | "objective" | "observed_course" | "peak_content_themes" | "plan" | "pre_dose_state" | "problem" | "psychoeducation" | "readiness" | "relational" | "response" | "risk" | "safety_coping" | "set_setting_agreements" | "since_last" | "subjective" | "themes";
        /** @enum {string} */
        Safety: "safe" | "not_sure" | "not_safe";
        /** @enum {string} */
        CorrectedSessionState: "completed" | "cancelled" | "no_show";
        /** @description Send it as `cursor` for the next page; null on the last one. */
        FieldNextCursor: string | null;
        /**
         * Format: uuid
         * @description The patient.
         */
        FieldPatientId: string;
        /**
         * Format: uuid
         * @description Identifier, UUID version 7.
         */
        FieldId: string;
        /**
         * Format: date-time
         * @description When the server first stored it (UTC).
         */
        FieldCreatedAt: string;
        /**
         * Format: date-time
         * @description When it was last changed (UTC).
         */
        FieldUpdatedAt: string;
        /** @description 1 at creation, and one more with each change; `ETag` holds it. */
        FieldVersion: number;
        /**
         * Format: uuid
         * @description Id of the new resource, if you choose it.
         */
        FieldId2: string | null;
        /** @description Whether the device's clock was wrong: its time cannot be, the server's counts. */
        FieldClockSkewed: boolean;
        /**
         * Format: uuid
         * @description A course of treatment of the same patient.
         */
        FieldCourseId: string | null;
        /**
         * Format: date
         * @description The day on which both look at it again.
         */
        FieldReviewOn: string | null;
        /**
         * Format: uuid
         * @description The session it belongs to.
         */
        FieldSessionId: string;
        /**
         * Format: date-time
         * @description When it happened (UTC).
         */
        FieldAt: string;
        /**
         * Format: date-time
         * @description The time that counts (UTC): the device's, or the server's if that cannot be.
         */
        FieldHappenedAt: string;
        /**
         * Format: uuid
         * @description The insight of a reflection that it serves.
         */
        FieldInsightId: string | null;
        /**
         * Format: date
         * @description Last day on which it is valid.
         */
        FieldLicenceEndsOn: string | null;
        /**
         * Format: uuid
         * @description The account that recorded it.
         */
        FieldCreatedById: string;
        /**
         * Format: uuid
         * @description The account that did.
         */
        FieldWithdrawnById: string | null;
        /**
         * Format: date-time
         * @description When it is to begin (UTC).
         */
        FieldPlannedStartAt: string;
        /**
         * Format: date-time
         * @description When it was written, by the device's own clock (UTC).
         */
        FieldCapturedAt: string | null;
        /** @description Whether a supervisor must co-sign it; true if the author is supervised. */
        FieldNeedsCosign: boolean;
        /**
         * Format: uuid
         * @description The one that this draft stands beside: a change of it that came too late, kept as `kept-both`.
         */
        FieldConflictOfId: string | null;
        /** @description Whether the patient wants to be contacted. It alerts the team once shared. */
        FieldContactMe: boolean;
        /**
         * Format: uuid
         * @description The session it belongs to.
         */
        FieldSessionId2: string | null;
        /**
         * Format: uuid
         * @description Reads this account's drafts; its notes need a co-signature.
         */
        FieldSupervisedBy: string | null;
        /**
         * Format: date-time
         * @description When it was withdrawn (UTC); it counts no more.
         */
        FieldWithdrawnAt: string | null;
        /**
         * Format: date-time
         * @description When it began (UTC).
         */
        FieldStartedAt: string | null;
        /**
         * Format: uuid
         * @description The course of treatment in which it is pursued.
         */
        FieldCourseId2: string | null;
        /**
         * Format: uuid
         * @description The insight it comes from; null if you may not read that.
         */
        FieldInsightId2: string | null;
        /**
         * Format: date
         * @description The day on which it was begun.
         */
        FieldStartedOn: string | null;
        /**
         * Format: date
         * @description The last day on which it was taken; null while it is.
         */
        FieldEndedOn: string | null;
        /** @description SHA-256 of the signed content, hexadecimal; null before it is signed. */
        FieldContentSha256: string | null;
        /** @description Whether the patient agreed to it; `scribe` and `model` need that. */
        FieldPatientConsented: boolean;
        /** @description Whether the other side sees it; else it is its author's until it is proposed. */
        FieldIsShared: boolean;
        /**
         * Format: uuid
         * @description The agreed plan of which it is the next version.
         */
        FieldReplacesId: string | null;
        /** @description Why, in the words of the side that declined. */
        FieldDeclineReason: string | null;
        /**
         * Format: uuid
         * @description The session it belongs to, of this patient.
         */
        FieldSessionId3: string | null;
        /** @description Own words, or domains of integration. */
        FieldTags: string[];
        /**
         * Format: date-time
         * @description When it is to end (UTC); after its start.
         */
        FieldPlannedEndAt: string | null;
        /**
         * Format: date
         * @description The schedule's first day, from which COUNT and INTERVAL count; by default the patient's day when it is given.
         */
        FieldStartsOn: string | null;
        /**
         * Format: uuid
         * @description The library entry it is made from.
         */
        FieldLibraryId: string | null;
        /**
         * Format: uuid
         * @description Finishes its drafts once it is disabled or off the care team.
         */
        FieldSuccessorId: string | null;
        /**
         * Format: date-time
         * @description Planned end (UTC); visibility ends then by itself.
         */
        FieldEndsAt: string | null;
        /** @description The clinic's own advice for an emergency; shown with the crisis lines. */
        FieldEmergencyInstruction: string | null;
        /** @description The five levels in words, from -2 (much less than expected) over 0 (expected) to +2. */
        FieldLevels: string[];
        /** @description Those who answer now, emergency services first. */
        FieldCrisisResources: components["schemas"]["CrisisResource"][];
        /** @description At least 15 characters, any characters; nothing easy to guess. */
        FieldPassword: string;
        /** @description The dose as it is taken: how much, and how often. */
        FieldDose: string | null;
        /** @description Each time a supervisor gave it back, oldest first; staff only. */
        FieldReturns: components["schemas"]["NoteReturned"][];
        /**
         * Format: date-time
         * @description When the session ended, as known at signing; counts for lateness.
         */
        FieldServiceAt: string | null;
        /** @description The patient's statements of disagreement, oldest first. */
        FieldDisagreements: components["schemas"]["NoteDisagreement"][];
        /** @description The actions that you may take on it now. */
        FieldAllowedActions: components["schemas"]["NoteStep"][];
        /**
         * Format: date-time
         * @description When withholding ends by itself (UTC), within `withhold_days`; needed to withhold it.
         */
        FieldUntil: string | null;
        /** @description The name of this device in the list of sign-ins. */
        FieldDevice: string | null;
        /**
         * @description For a page of this origin: keep the refresh token in a cookie that no script can read. `refresh_token` is then null.
         * @default false
         */
        FieldCookie: boolean;
        /** @description The name by which they want to be called. */
        FieldPreferredName: string | null;
        /** @description E-mail address: the patient signs in with it, and needs it before they can be invited. */
        FieldEmail: string | null;
        /** @description The person to call in an emergency, and their number. */
        FieldEmergencyContact: string | null;
        /** @description The patient's language, as a BCP 47 tag; texts are in it if we have them, else English. */
        FieldLanguage: string | null;
        /**
         * Format: date-time
         * @description When it was last taken up again after a rest (UTC).
         */
        FieldResumedAt: string | null;
        /**
         * Format: date-time
         * @description When the revision before was declined; null once proposed again.
         */
        FieldDeclinedAt: string | null;
        /** @description The actions that you may take on it now. */
        FieldAllowedActions2: components["schemas"]["PlanStep"][];
        /**
         * Format: uuid
         * @description The strategy. It may leave the plan later; its practices stay.
         */
        FieldStrategyId: string;
        /**
         * Format: date-time
         * @description The care team reads it from then on (UTC); null: no delay.
         */
        FieldReleaseAt: string | null;
        /** @description Hours from the last dose before it; null: none, or not known in the answer to a create. */
        FieldHoursSinceDose: number | null;
        /** @description Whether it was written in the altered-state window of a dose; null: as for `hours_since_dose`. */
        FieldInAlteredState: boolean | null;
        /**
         * Format: date-time
         * @description Until then `share`, `unshare` and `delete` wait for the end of the window (UTC); null: none is open, or not known in that answer.
         */
        FieldHeldUntil: string | null;
        /**
         * Format: date-time
         * @description When a clinician marked it as reviewed last (UTC).
         */
        FieldReviewedAt: string | null;
        /**
         * Format: uuid
         * @description The earlier entry that this one says more about; null to who may not read that one.
         */
        FieldElaboratesId: string | null;
        /** @description The answers to prompts; only for `prompted`. */
        FieldAnswers: components["schemas"]["Answer"][];
        /** @description Short statements that plans can point to. */
        FieldInsights: components["schemas"]["Insight"][];
        /**
         * Format: date-time
         * @description When it was written, by the device's clock (UTC).
         */
        FieldCapturedAt2: string | null;
        /** @description The prompt set that was answered; only for `prompted`. */
        FieldPromptSet: string | null;
        /** @description Own words, or domains of integration. */
        FieldTags2: string[];
        /** @description The answers to prompts; only for `prompted`. */
        FieldAnswers2: components["schemas"]["AnswerGiven"][];
        /** @description Short statements that plans can point to. */
        FieldInsights2: components["schemas"]["InsightGiven"][];
        /**
         * Format: date-time
         * @description The care team reads it from then on, and until the first reading it can be taken back; null: from now on. At most the policy `share_release_days` ahead. An answer to `safety`, or `contact_me`, does not wait: the team is told of it at once, of the text then.
         */
        FieldReleaseAt2: string | null;
        /** @description The number to call: digits and what stands between them. */
        FieldPhone: string | null;
        /**
         * Format: date-time
         * @description When it ended, completed or broken off (UTC).
         */
        FieldEndedAt2: string | null;
        /** @description Everybody who is there beside the patient. */
        FieldPeople: components["schemas"]["Person"][];
        /** @description Six digits of the authenticator app; each code works once. Blanks and hyphens are ignored. */
        FieldTotpCode: string | null;
        /** @description When, in the patient's time zone: an RFC 5545 RRULE with FREQ=DAILY, WEEKLY or MONTHLY. Its parts: docs/schedules.md. */
        FieldSchedule: string | null;
        /**
         * Format: uuid
         * @description The insight behind it; null if you may not read that.
         */
        FieldInsightId3: string | null;
        /**
         * Format: date-time
         * @description When it was last rehearsed, by the device's clock (UTC).
         */
        FieldRehearsedAt: string | null;
        /** @description When, in the patient's time zone: an RFC 5545 RRULE with FREQ=DAILY, WEEKLY or MONTHLY. Its parts: docs/schedules.md. */
        FieldSchedule2: string | null;
        /** @description The duration of one use, in minutes. */
        FieldDurationMinutes: number | null;
        /** @description People and things that help; at most 10. */
        FieldSupports: string[];
        /** @description The patient's confidence to do it, 0-10. */
        FieldConfidence: number | null;
        /** @description Its importance to the patient, 0-10. */
        FieldImportance: number | null;
        /** @description Possible obstacles, each with an answer to it; at most 10. */
        FieldBarriers: components["schemas"]["BarrierCreate"][];
        /** @description What every resource has. */
        Resource: {
            id: components["schemas"]["FieldId"];
            created_at: components["schemas"]["FieldCreatedAt"];
            updated_at: components["schemas"]["FieldUpdatedAt"];
            version: components["schemas"]["FieldVersion"];
        };
        /**
         * @description One adverse event, with what follows from it.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000035",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "kind": "vomiting",
         *       "onset_at": "2026-11-20T15:50:00Z",
         *       "ended_at": null,
         *       "severity": "moderate",
         *       "serious_because": [],
         *       "is_expected": true,
         *       "relatedness": "probable",
         *       "outcome": "recovered",
         *       "text": null,
         *       "action": "No booster.",
         *       "treatment": "Ondansetron 4 mg.",
         *       "reporter": "staff",
         *       "reported_to": [],
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "known_at": "2026-11-20T15:50:00Z",
         *       "findings": [
         *         {
         *           "rule": "R17",
         *           "version": "2026-11-28",
         *           "severity": "moderate",
         *           "text": "outside the usual range",
         *           "source": "clinical.md section 1.2, POLICY"
         *         }
         *       ],
         *       "review_due_at": null,
         *       "reviewed_at": null,
         *       "reviewed_by_id": null,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Wrong vial written down."
         *     }
         */
        AdverseEvent: components["schemas"]["Resource"] & {
            /** @description The kind, of a coded list. */
            kind: components["schemas"]["AdverseEventKind"];
            /**
             * Format: date-time
             * @description When it began, weeks after the dose too.
             */
            onset_at: string;
            ended_at: components["schemas"]["FieldEndedAt"];
            /** @description The severity: grades 1 to 5 of CTCAE. */
            severity: components["schemas"]["EventSeverity"];
            /** @description The ICH criteria by which it is serious; none if it is not. */
            serious_because: components["schemas"]["Seriousness"][];
            is_expected: components["schemas"]["FieldIsExpected"];
            relatedness: components["schemas"]["Relatedness"];
            /** @description The end, as far as is known. */
            outcome: components["schemas"]["EventOutcome"];
            /** @description The course of it, in words; the patient can read it. */
            text: string | null;
            /** @description The action taken about the dose. */
            action: string | null;
            /** @description The treatment given for it. */
            treatment: string | null;
            /** @description The person who noticed it. */
            reporter: components["schemas"]["EventReporter"];
            /** @description Those outside the clinic who were told. */
            reported_to: components["schemas"]["ReportedTo"][];
            patient_id: components["schemas"]["FieldPatientId"];
            session_id: components["schemas"]["FieldSessionId"];
            /**
             * Format: date-time
             * @description When the clinic first knew of it (UTC).
             */
            known_at: string;
            /** @description R34, if a prescriber reviews it. */
            findings: components["schemas"]["FindingThere"][];
            /**
             * Format: date-time
             * @description Until when (UTC); null if nobody has to.
             */
            review_due_at: string | null;
            /**
             * Format: date-time
             * @description When a prescriber reviewed it as it stands (UTC).
             */
            reviewed_at: string | null;
            /**
             * Format: uuid
             * @description The account of that prescriber.
             */
            reviewed_by_id: string | null;
            created_by_id: components["schemas"]["FieldCreatedById"];
            withdrawn_at: components["schemas"]["FieldWithdrawnAt"];
            withdrawn_by_id: components["schemas"]["FieldWithdrawnById"];
            /** @description Why it counts no more. */
            withdrawn_reason: string | null;
        };
        /**
         * @description An adverse event to record.
         * @example {
         *       "kind": "vomiting",
         *       "onset_at": "2026-11-20T15:50:00Z",
         *       "ended_at": null,
         *       "severity": "moderate",
         *       "is_expected": true,
         *       "relatedness": "probable",
         *       "outcome": "recovered",
         *       "text": null,
         *       "action": "No booster.",
         *       "treatment": "Ondansetron 4 mg.",
         *       "reporter": "staff"
         *     }
         */
        AdverseEventCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description The kind, of a coded list. */
            kind: components["schemas"]["AdverseEventKind"];
            /**
             * Format: date-time
             * @description When it began, weeks after the dose too.
             */
            onset_at: string;
            ended_at?: components["schemas"]["FieldEndedAt"];
            /** @description The severity: grades 1 to 5 of CTCAE. */
            severity: components["schemas"]["EventSeverity"];
            serious_because?: components["schemas"]["FieldSeriousBecause"];
            is_expected?: components["schemas"]["FieldIsExpected"];
            relatedness: components["schemas"]["Relatedness"];
            /**
             * @description The end, as far as is known.
             * @default unknown
             */
            outcome?: components["schemas"]["EventOutcome"];
            text?: components["schemas"]["FieldText"];
            /** @description The action taken about the dose. */
            action?: string | null;
            /** @description The treatment given for it. */
            treatment?: string | null;
            /**
             * @description The person who noticed it.
             * @default staff
             */
            reporter?: components["schemas"]["EventReporter"];
            reported_to?: components["schemas"]["FieldReportedTo"];
            /**
             * Format: date-time
             * @description When the clinic first knew of it. Absent: now.
             */
            known_at?: string | null;
        };
        /**
         * @description The kind of adverse event. Source: clinical.md section 1.5.
         * @enum {string}
         */
        AdverseEventKind: "dissociation" | "sedation" | "dizziness" | "nausea" | "vomiting" | "headache" | "anxiety" | "blood_pressure_rise" | "tachycardia" | "respiratory_depression" | "loss_of_consciousness" | "emergence_agitation" | "confusion" | "vertigo" | "blurred_vision" | "dysarthria" | "hypoaesthesia" | "injection_site_reaction" | "laryngospasm" | "urinary_symptoms" | "psychotic_symptoms" | "mania" | "suicidality" | "derealisation" | "craving" | "fall" | "aspiration" | "allergic_reaction" | "anaphylaxis" | "liver" | "cognition" | "hospital_transfer" | "other";
        /**
         * @description The facts as they are known now. Absent fields stay; null empties a field that may be empty.
         * @example {
         *       "ended_at": "2026-11-20T17:00:00Z",
         *       "outcome": "recovered"
         *     }
         */
        AdverseEventUpdate: {
            /** @description The kind, of a coded list. */
            kind?: components["schemas"]["AdverseEventKind"];
            /**
             * Format: date-time
             * @description When it began.
             */
            onset_at?: string;
            ended_at?: components["schemas"]["FieldEndedAt"];
            /** @description The severity: grades 1 to 5 of CTCAE. */
            severity?: components["schemas"]["EventSeverity"];
            serious_because?: components["schemas"]["FieldSeriousBecause"];
            is_expected?: components["schemas"]["FieldIsExpected"];
            relatedness?: components["schemas"]["Relatedness"];
            /** @description The end, as far as is known. */
            outcome?: components["schemas"]["EventOutcome"];
            text?: components["schemas"]["FieldText"];
            /** @description The action taken about the dose. */
            action?: string | null;
            /** @description The treatment given for it. */
            treatment?: string | null;
            reported_to?: components["schemas"]["FieldReportedTo"];
        };
        /**
         * @description The person whose answer it is.
         * @enum {string}
         */
        AnsweredBy: "patient" | "staff" | "observer";
        /**
         * @description The therapist's assessment of a dosing session.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "decision": "concern",
         *       "reasons": [
         *         "sleep_loss"
         *       ],
         *       "updated_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        Assessment: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The therapist's decision; null if there is none yet. */
            decision: components["schemas"]["AssessmentDecision"] | null;
            reasons: components["schemas"]["FieldReasons"];
            /**
             * Format: uuid
             * @description The therapist who wrote it last.
             */
            updated_by_id: string | null;
        };
        /**
         * @description The therapist's decision about a dose. Source: ours, POLICY.
         * @enum {string}
         */
        AssessmentDecision: "go" | "concern" | "hold";
        /**
         * @description A reason for concern, or for a hold. Source: ours, POLICY.
         * @enum {string}
         */
        AssessmentReason: "suicidality" | "psychotic_symptoms" | "manic_symptoms" | "substance_use" | "sleep_loss" | "medical_concern" | "medicine_change" | "reaction_to_last_dose" | "dissociation_between_sessions" | "acute_stress" | "unsafe_at_home" | "no_support" | "not_prepared" | "integration_missed" | "consent_in_doubt" | "relationship_strained" | "asked_by_patient";
        /**
         * @description The assessment as it stands now. `hold` opens a hold that only a prescriber closes.
         * @example {
         *       "decision": "concern",
         *       "reasons": [
         *         "sleep_loss"
         *       ]
         *     }
         */
        AssessmentUpdate: {
            /** @description The therapist's decision. */
            decision: components["schemas"]["AssessmentDecision"];
            /** @description Its reasons; none for `go`. */
            reasons?: components["schemas"]["AssessmentReason"][];
        };
        /**
         * @description The breathing of the patient. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Breathing: "normal" | "noisy" | "slow" | "none";
        /** @description A dose that stands. */
        BriefDose: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was given, or began (UTC).
             */
            given_at: string;
            /** @description The route. */
            route: components["schemas"]["DoseRoute"];
            /** @description Its part in the session. */
            kind: components["schemas"]["DoseKind"];
            /** @description The amount in mg. */
            amount_mg: number;
            /** @description Derived; null if no weight was given. */
            mg_per_kg: number | null;
            /** @description `iv_infusion`: its minutes. */
            infusion_minutes: number | null;
            /** @description `intranasal_esketamine`: devices of 28 mg. */
            devices: number | null;
            /** @description Whether it was given in spite of open holds. */
            given_while_held: boolean;
        };
        /** @description An adverse event that stands. */
        BriefEvent: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description The kind. */
            kind: components["schemas"]["AdverseEventKind"];
            /**
             * Format: date-time
             * @description Its onset (UTC).
             */
            onset_at: string;
            /**
             * Format: date-time
             * @description When it was over (UTC).
             */
            ended_at: string | null;
            /** @description The severity. */
            severity: components["schemas"]["EventSeverity"];
            relatedness: components["schemas"]["Relatedness"];
            /** @description The end, as far as is known. */
            outcome: components["schemas"]["EventOutcome"];
            /**
             * Format: date-time
             * @description R34: until when a prescriber reviews it (UTC).
             */
            review_due_at: string | null;
            /**
             * Format: date-time
             * @description When a prescriber reviewed it (UTC).
             */
            reviewed_at: string | null;
        };
        /** @description A finding about any reading of the field. */
        BriefFinding: {
            /** @description The rule. */
            rule: components["schemas"]["BriefRule"];
            /** @description Its severity. */
            severity: components["schemas"]["FindingSeverity"];
        };
        /** @description A hold that is open. */
        BriefHold: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description The rule that opened it. */
            rule: components["schemas"]["BriefRule"];
            /**
             * Format: date-time
             * @description When it opened (UTC).
             */
            opened_at: string;
        };
        /** @description One reading. */
        BriefReading: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was taken (UTC).
             */
            taken_at: string;
            /** @description Minutes since the first dose; negative before. */
            minutes_from_dose: number | null;
            /** @description The value; the systolic one. */
            value: number;
            /** @description `blood_pressure`: the diastolic value. */
            diastolic: number | null;
        };
        /**
         * @description The rules whose findings and holds a brief can name. Source: clinical.md section 6, and R37 of assessments.
         * @enum {string}
         */
        BriefRule: "R09" | "R10" | "R11" | "R12" | "R17" | "R18" | "R19" | "R21" | "R22" | "R23" | "R24" | "R34" | "R37";
        /** @description The readings of one field. */
        BriefVital: {
            /** @description The field. */
            field: components["schemas"]["VitalField"];
            /** @description The number of readings. */
            count: number;
            /** @description The latest. */
            latest: components["schemas"]["BriefReading"];
            /** @description The one with the gravest finding; else by its value. */
            worst: components["schemas"]["BriefReading"];
            /** @description Each once, the gravest first. */
            findings: components["schemas"]["BriefFinding"][];
        };
        /**
         * @description The colour of the face and lips. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Colour: "normal" | "pale" | "blue";
        /**
         * @description A kind of medicine that the form asks about. Source: clinical.md section 1.3, [rems, jnj].
         * @enum {string}
         */
        Concomitant: "benzodiazepine" | "non_benzodiazepine_hypnotic" | "psychostimulant" | "maoi" | "opioid";
        /** @description The answer to one line of the checklist. */
        ContraindicationAnswer: {
            /** @description Whether the patient has it. */
            status: components["schemas"]["Presence"];
            /** @description Remark; the patient can read it. */
            note?: string | null;
        };
        /** @description One line of the checklist. */
        ContraindicationLine: {
            /** @description `contraindicated` holds a dose, `caution` does not. */
            kind: string;
            /** @description The source of the line. */
            source: string;
            /** @description `absent`, `present` or `unknown`. */
            status: string;
            /** @description When it was answered (UTC); null if it was not. */
            answered_at: string | null;
            /** @description The account that wrote it. */
            answered_by_id: string | null;
            by_prescriber: components["schemas"]["FieldByPrescriber"];
            /** @description Remark; the patient can read it. */
            note: string | null;
        };
        /**
         * @description The discharge of a dosing session, with what follows from its doses.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "met": [
         *         "awake",
         *         "oriented"
         *       ],
         *       "discharged_at": "2026-11-20T17:30:00Z",
         *       "aldrete_score": 9,
         *       "padss_score": 9,
         *       "note": "Calm.",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "observe_until": "2026-11-20T17:20:00Z",
         *       "blocking": [
         *         "escorted"
         *       ],
         *       "findings": [
         *         {
         *           "rule": "R17",
         *           "version": "2026-11-28",
         *           "severity": "moderate",
         *           "text": "outside the usual range",
         *           "source": "clinical.md section 1.2, POLICY"
         *         }
         *       ],
         *       "overridden_at": null,
         *       "overridden_by_id": null,
         *       "override_reason": null,
         *       "updated_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        Discharge: components["schemas"]["Resource"] & {
            /** @description The items that are met. */
            met: components["schemas"]["DischargeItem"][];
            /**
             * Format: date-time
             * @description When the patient left.
             */
            discharged_at: string | null;
            /** @description Modified Aldrete score. */
            aldrete_score: number | null;
            /** @description PADSS score. */
            padss_score: number | null;
            /** @description A remark; the patient can read it. */
            note: string | null;
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: date-time
             * @description The end of observation by the route of the last dose (UTC).
             */
            observe_until: string | null;
            /** @description The items that are missing. */
            blocking: components["schemas"]["DischargeItem"][];
            /** @description Remarks about a discharge that was too early. */
            findings: components["schemas"]["FindingThere"][];
            /**
             * Format: date-time
             * @description When a prescriber let the session end without it (UTC).
             */
            overridden_at: string | null;
            /**
             * Format: uuid
             * @description That prescriber.
             */
            overridden_by_id: string | null;
            /** @description Why the session may end without it. */
            override_reason: string | null;
            /**
             * Format: uuid
             * @description The account that wrote it last.
             */
            updated_by_id: string;
        };
        /**
         * @description An item of the checklist; `observed` follows from the doses. Source: clinical.md section 1.7.
         * @enum {string}
         */
        DischargeItem: "observed" | "awake" | "oriented" | "dissociation_resolved" | "pressure_acceptable" | "oxygen_acceptable" | "walks_unaided" | "no_vomiting" | "comfortable" | "screened_for_suicide" | "escorted" | "told_not_to_drive" | "instructed";
        /**
         * @description Why the session may end without what is missing.
         * @example {
         *       "reason": "Left against advice; reached at home."
         *     }
         */
        DischargeOverride: {
            /** @description Why the session may end without it. */
            reason: string;
        };
        /**
         * @description The discharge as it stands now; what is absent is not met, or not known.
         * @example {
         *       "met": [
         *         "awake",
         *         "oriented"
         *       ],
         *       "discharged_at": "2026-11-20T17:30:00Z",
         *       "aldrete_score": 9,
         *       "padss_score": 9,
         *       "note": "Calm."
         *     }
         */
        DischargeUpdate: {
            /** @description The items that are met. */
            met?: components["schemas"]["DischargeItem"][];
            /**
             * Format: date-time
             * @description When the patient left.
             */
            discharged_at?: string | null;
            /** @description Modified Aldrete score. */
            aldrete_score?: number | null;
            /** @description PADSS score. */
            padss_score?: number | null;
            note?: components["schemas"]["FieldNote"];
        };
        /**
         * @description One dose that was given.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000032",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "order_id": null,
         *       "route": "im",
         *       "kind": "initial",
         *       "amount": 60,
         *       "unit": "mg",
         *       "weight_kg": 72.5,
         *       "infusion_minutes": null,
         *       "devices": null,
         *       "lot": null,
         *       "strength": null,
         *       "formulation": null,
         *       "pharmacy": null,
         *       "expires_on": null,
         *       "wasted_mg": null,
         *       "waste_witness_id": "019ab0de-0000-7000-8000-000000000002",
         *       "note": null,
         *       "given_while_held": false,
         *       "corrects_id": null,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "given_at": "2026-11-20T15:20:00Z",
         *       "clock_skewed": false,
         *       "altered_until": "2026-11-20T18:20:00Z",
         *       "amount_mg": 60,
         *       "mg_per_kg": 0.8276,
         *       "findings": [
         *         {
         *           "rule": "R17",
         *           "version": "2026-11-28",
         *           "severity": "moderate",
         *           "text": "outside the usual range",
         *           "source": "clinical.md section 1.2, POLICY"
         *         }
         *       ],
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Wrong vial written down."
         *     }
         */
        Dose: components["schemas"]["Resource"] & {
            /**
             * Format: uuid
             * @description The order by which it is given.
             */
            order_id: string | null;
            /** @description The route. */
            route: components["schemas"]["DoseRoute"];
            /** @description Its part in the session. */
            kind: components["schemas"]["DoseKind"];
            /** @description The amount given. */
            amount: number;
            /** @description The unit of `amount`. */
            unit: components["schemas"]["DoseUnit"];
            /** @description Body weight in kilograms. */
            weight_kg: number | null;
            /** @description `iv_infusion`: its minutes. */
            infusion_minutes: number | null;
            /** @description `intranasal_esketamine`: devices of 28 mg. */
            devices: number | null;
            /** @description The lot. */
            lot: string | null;
            /** @description The strength. */
            strength: string | null;
            /** @description The formulation. */
            formulation: string | null;
            /** @description The pharmacy that compounded it. */
            pharmacy: string | null;
            /**
             * Format: date
             * @description The last day of its use.
             */
            expires_on: string | null;
            /** @description Discarded, in mg. */
            wasted_mg: number | null;
            /**
             * Format: uuid
             * @description The other member of staff who saw the waste.
             */
            waste_witness_id: string | null;
            /** @description A remark; the patient can read it. */
            note: string | null;
            /** @description Whether it was given in spite of open holds. */
            given_while_held: boolean;
            corrects_id: components["schemas"]["FieldCorrectsId"];
            patient_id: components["schemas"]["FieldPatientId"];
            session_id: components["schemas"]["FieldSessionId"];
            /**
             * Format: date-time
             * @description When it was given, or began (UTC).
             */
            given_at: string;
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /**
             * Format: date-time
             * @description When the altered-state window that it opens ends (UTC).
             */
            altered_until: string | null;
            /** @description The amount in mg. */
            amount_mg: number;
            /** @description Derived; null if no weight was given. */
            mg_per_kg: number | null;
            findings: components["schemas"]["FieldFindings"];
            created_by_id: components["schemas"]["FieldCreatedById"];
            /**
             * Format: date-time
             * @description When it was withdrawn or corrected (UTC).
             */
            withdrawn_at: string | null;
            withdrawn_by_id: components["schemas"]["FieldWithdrawnById"];
            /** @description Why it counts no more. */
            withdrawn_reason: string | null;
        };
        /**
         * @description The facts of a dosing session that a decision on a dose needs.
         * @example {
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "in_progress",
         *       "planned_start_at": "2026-11-20T15:00:00Z",
         *       "started_at": "2026-11-20T15:05:00Z",
         *       "observe_until": null,
         *       "decision": "go",
         *       "reasons": [],
         *       "assessed_at": null,
         *       "assessed_by_id": null,
         *       "open_holds": [],
         *       "doses": [],
         *       "vitals": [],
         *       "adverse_events": []
         *     }
         */
        DoseBrief: {
            session_id: components["schemas"]["FieldSessionId"];
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The state of the session. */
            state: components["schemas"]["SessionState"];
            planned_start_at: components["schemas"]["FieldPlannedStartAt"];
            started_at: components["schemas"]["FieldStartedAt"];
            /**
             * Format: date-time
             * @description The end of observation after the last dose (UTC).
             */
            observe_until: string | null;
            /** @description The therapist's decision; null if there is none. */
            decision: components["schemas"]["AssessmentDecision"] | null;
            reasons: components["schemas"]["FieldReasons"];
            /**
             * Format: date-time
             * @description When the therapist decided (UTC).
             */
            assessed_at: string | null;
            /**
             * Format: uuid
             * @description The therapist.
             */
            assessed_by_id: string | null;
            /** @description The holds that stop a dose, the newest first. */
            open_holds: components["schemas"]["BriefHold"][];
            /** @description The doses, the latest first; at most 100. */
            doses: components["schemas"]["BriefDose"][];
            /** @description By field, of the latest 2,000 readings; no observations. */
            vitals: components["schemas"]["BriefVital"][];
            /** @description The latest onset first; at most 200. */
            adverse_events: components["schemas"]["BriefEvent"][];
        };
        /**
         * @description A dose to record.
         * @example {
         *       "route": "im",
         *       "amount": 60,
         *       "weight_kg": 72.5
         *     }
         */
        DoseCreate: {
            id?: components["schemas"]["FieldId2"];
            /**
             * Format: uuid
             * @description The order by which it is given.
             */
            order_id?: string | null;
            /** @description The route. */
            route: components["schemas"]["DoseRoute"];
            /**
             * @description Its part in the session.
             * @default initial
             */
            kind?: components["schemas"]["DoseKind"];
            /** @description The amount given. */
            amount: number;
            /**
             * @description The unit of `amount`.
             * @default mg
             */
            unit?: components["schemas"]["DoseUnit"];
            /** @description Body weight in kilograms. */
            weight_kg?: number | null;
            /** @description `iv_infusion`: its minutes. */
            infusion_minutes?: number | null;
            /** @description `intranasal_esketamine`: devices of 28 mg. */
            devices?: number | null;
            /** @description The lot. */
            lot?: string | null;
            /** @description The strength. */
            strength?: string | null;
            /** @description The formulation. */
            formulation?: string | null;
            /** @description The pharmacy that compounded it. */
            pharmacy?: string | null;
            /**
             * Format: date
             * @description The last day of its use.
             */
            expires_on?: string | null;
            /** @description Discarded, in mg. */
            wasted_mg?: number | null;
            /**
             * Format: uuid
             * @description The other member of staff who saw the waste.
             */
            waste_witness_id?: string | null;
            note?: components["schemas"]["FieldNote"];
            /**
             * @description Whether it was given in spite of open holds.
             * @default false
             */
            given_while_held?: boolean;
            corrects_id?: components["schemas"]["FieldCorrectsId"];
            /**
             * Format: date-time
             * @description When it was given, or began. Absent: when the corrected dose was, or now while the session lasts.
             */
            given_at?: string | null;
            /** @description Why; needed with `corrects_id`. */
            correction_reason?: string | null;
        };
        /**
         * @description One reason for which no dose starts in a session.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "item": "rd.escort",
         *       "rule": "R23",
         *       "state": "released",
         *       "decided_at": null,
         *       "decided_by_id": null,
         *       "reason": null
         *     }
         */
        DoseHold: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            session_id: components["schemas"]["FieldSessionId"];
            /** @description The item `rd.*`, the code of the checklist, or the field of vitals. */
            item: string;
            /** @description The rule that opened it. */
            rule: string;
            /** @description `met`: the item became met. */
            state: components["schemas"]["HoldState"];
            /**
             * Format: date-time
             * @description When it was closed (UTC).
             */
            decided_at: string | null;
            /**
             * Format: uuid
             * @description The prescriber who released it.
             */
            decided_by_id: string | null;
            /** @description Why it was released. */
            reason: string | null;
        };
        /**
         * @description Why a dose may start all the same.
         * @example {
         *       "reason": "Ward nurse escorts the patient."
         *     }
         */
        DoseHoldRelease: {
            /** @description The prescriber's decision. */
            reason: string;
        };
        /**
         * @description The part of a dose in its session.
         * @enum {string}
         */
        DoseKind: "initial" | "booster" | "second_device";
        /**
         * @description The unit in which a dose was ordered and is written down.
         * @enum {string}
         */
        DoseUnit: "mg" | "mg/kg";
        /** @description Advice for this moment. */
        EmergencyCard: {
            /** @description To be shown as it is, in English. */
            text: string;
            /** @description The emergency number where the patient is. */
            local_emergency_number: string | null;
            /** @description The place to which help is sent. */
            emergency_address: string | null;
            /** @description The clinician to call after that. */
            medical_on_call: components["schemas"]["OnCallThere"] | null;
        };
        /**
         * @description The end that it came to.
         * @enum {string}
         */
        EventOutcome: "recovered" | "recovering" | "not_recovered" | "sequelae" | "fatal" | "unknown";
        /**
         * @description The side from which it came to be known.
         * @enum {string}
         */
        EventReporter: "patient" | "observer" | "staff";
        /**
         * @description The grades 1 to 5 of CTCAE, as words.
         * @enum {string}
         */
        EventSeverity: "mild" | "moderate" | "severe" | "life_threatening" | "fatal";
        /**
         * @description The severity of a finding, the least first.
         * @enum {string}
         */
        FindingSeverity: "moderate" | "high" | "critical";
        /** @description A remark of a rule about a dose. It tells; it never advises. */
        FindingThere: {
            /** @description The rule. */
            rule: string;
            /** @description The version of the rules. */
            version: string;
            /** @description `moderate`, `high` or `critical`. */
            severity: string;
            /** @description The remark, in English. */
            text: string;
            /** @description Its source. */
            source: string;
        };
        /**
         * @description The life of a hold.
         * @enum {string}
         */
        HoldState: "open" | "met" | "released";
        /**
         * @description The outcome of an item of a batch.
         * @enum {string}
         */
        ItemOutcome: "stored" | "known" | "differs" | "id_taken" | "later" | "unread";
        /**
         * @description The status of one item; `unknown` counts as not met.
         * @enum {string}
         */
        ItemStatus: "met" | "not_met" | "unknown" | "not_applicable";
        /** @description The outcome of one item. */
        ItemTold: {
            /** @description The id that was sent; null if it is none. */
            id: string | null;
            /** @description Send again what is `later`, and under a new id what is `differs` or `id_taken`. */
            outcome: components["schemas"]["ItemOutcome"];
            /** @description Numbers left out of it, since they cannot be. */
            ignored: components["schemas"]["Number"][];
            /** @description The fields of an `unread` one that are wrong. */
            fields: string[];
        };
        /**
         * @description A link that must stand. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Link: "video" | "observer";
        /**
         * @description An event of a link. Source: clinical.md section 1.8.
         * @enum {string}
         */
        LinkChange: "connected" | "lost" | "restored";
        /** @description One event of a link. */
        LinkEvent: {
            /**
             * Format: uuid
             * @description Which event it is.
             */
            id: string;
            at: components["schemas"]["FieldAt"];
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description The link that it is about. */
            link: components["schemas"]["Link"];
            /** @description Whether it was connected, lost or restored. */
            change: components["schemas"]["LinkChange"];
            /**
             * Format: uuid
             * @description The account of staff; null: the observer.
             */
            recorded_by_id: string | null;
        };
        /**
         * @description Events of the links of one session.
         * @example {
         *       "items": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-0000000000c2",
         *           "at": "2026-11-20T15:35:00Z",
         *           "link": "video",
         *           "change": "lost"
         *         }
         *       ]
         *     }
         */
        LinkEventBatch: {
            /** @description The events. */
            items: components["schemas"]["LinkEventCreate"][];
        };
        /**
         * @description An event of a link to record.
         * @example {
         *       "at": "2026-11-20T15:35:00Z",
         *       "change": "lost",
         *       "id": "019ab0de-0000-7000-8000-0000000000c2",
         *       "link": "video"
         *     }
         */
        LinkEventCreate: {
            /**
             * Format: uuid
             * @description Its own id, the same at each try.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened, by the device.
             */
            at: string;
            /** @description The link. */
            link: components["schemas"]["Link"];
            /** @description The change of it. */
            change: components["schemas"]["LinkChange"];
        };
        /** @description The clinician to whom the observer turns. */
        MedicalOnCall: {
            /** @description The name of who is on call. */
            name: string;
            /** @description Their licence to act. */
            credential: string;
            /** @description Their number, answered throughout. */
            phone: string;
        };
        /**
         * @description A number of a check.
         * @enum {string}
         */
        Number: "distress" | "pulse" | "spo2" | "systolic" | "diastolic";
        /** @description The adult who is beside the patient. */
        Observer: {
            /** @description The observer's name. */
            name: string;
            /** @description The observer's relation to the patient. */
            relation: string;
            /** @description Whether the observer is an adult; needed. */
            is_adult: boolean;
            /** @description The observer's number. */
            phone: string;
            /**
             * Format: date-time
             * @description When staff told the observer what to do; needed.
             */
            briefed_at?: string | null;
        };
        /**
         * @description The answer to an observer. It tells nothing of the chart.
         * @example {
         *       "next_check_at": "2026-11-20T15:50:00Z",
         *       "is_alarming": false,
         *       "card": null,
         *       "crisis_resources": [
         *         {
         *           "name": "Emergency services",
         *           "kind": "emergency",
         *           "contact": "911",
         *           "how": "call",
         *           "verified_on": "2026-11-22",
         *           "source": "988lifeline.org"
         *         }
         *       ],
         *       "checks": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-0000000000c1",
         *           "outcome": "stored",
         *           "ignored": [
         *             "pulse"
         *           ],
         *           "fields": []
         *         }
         *       ],
         *       "link_events": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-0000000000c1",
         *           "outcome": "stored",
         *           "ignored": [
         *             "pulse"
         *           ],
         *           "fields": []
         *         }
         *       ]
         *     }
         */
        ObserverAnswer: {
            /**
             * Format: date-time
             * @description When to look again (UTC); null before the first dose.
             */
            next_check_at: string | null;
            /** @description Whether a check of this request is alarming. */
            is_alarming: boolean;
            /** @description Advice for this moment if one is; null otherwise. */
            card: components["schemas"]["EmergencyCard"] | null;
            /** @description Those who answer at any time, by country. */
            crisis_resources: components["schemas"]["CrisisResource"][];
            /** @description The outcome of each check, in the order of the request. */
            checks: components["schemas"]["ItemTold"][];
            /** @description The outcome of each event, in the order of the request. */
            link_events: components["schemas"]["ItemTold"][];
        };
        /**
         * @description All that a device has to tell, also after hours without a connection. Both lists may be empty.
         *
         *     Of each list 32 items are stored. What is wrong with an item is told of it alone.
         * @example {
         *       "token": "AZq…=",
         *       "checks": [
         *         {
         *           "responds": "yes",
         *           "breathing": "normal",
         *           "colour": "normal",
         *           "vomiting": false,
         *           "position": "reclined",
         *           "distress": 2,
         *           "source": "observer",
         *           "id": "019ab0de-0000-7000-8000-0000000000c1",
         *           "taken_at": "2026-11-20T15:35:00Z"
         *         }
         *       ]
         *     }
         */
        ObserverBatch: {
            /** @description The support token. */
            token: string;
            /** @description Checks, in any order. */
            checks?: components["schemas"]["ObserverCheckCreate"][];
            /** @description Events of links, in any order. */
            link_events?: components["schemas"]["LinkEventCreate"][];
        };
        /** @description One check, with what follows from it. */
        ObserverCheck: {
            /** @description The patient's response. */
            responds: components["schemas"]["Responds"];
            /** @description The patient's breathing. */
            breathing: components["schemas"]["Breathing"];
            /** @description The colour of face and lips. */
            colour: components["schemas"]["Colour"];
            /** @description Whether the patient vomits. */
            vomiting: boolean;
            /** @description The patient's position. */
            position: components["schemas"]["Position"];
            /** @description The distress that they show or tell, from 0 to 10. */
            distress: number | null;
            /** @description Beats a minute, from 20 to 250. */
            pulse: number | null;
            /** @description Oxygen saturation, from 50 to 100 %. */
            spo2: number | null;
            /** @description From 40 to 300 mm[Hg], with `diastolic`. */
            systolic: number | null;
            /** @description From 20 to 200 mm[Hg], below `systolic`. */
            diastolic: number | null;
            /** @description From whom the numbers are. */
            source: components["schemas"]["Source"];
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it counts (UTC).
             */
            taken_at: string;
            clock_skewed: components["schemas"]["FieldClockSkewed"];
            /** @description Numbers that were sent and cannot be; they are null. */
            ignored: components["schemas"]["Number"][];
            /**
             * Format: date-time
             * @description When it arrived (UTC).
             */
            received_at: string;
            /** @description Minutes since the first dose; negative before. */
            minute: number | null;
            /** @description Remarks about it; R10 is alarming. */
            findings: components["schemas"]["FindingThere"][];
        };
        /**
         * @description A check to record. A number that cannot be is left out, and named in the answer; the words count all the same.
         * @example {
         *       "breathing": "normal",
         *       "colour": "normal",
         *       "distress": 2,
         *       "id": "019ab0de-0000-7000-8000-0000000000c1",
         *       "position": "reclined",
         *       "responds": "yes",
         *       "source": "observer",
         *       "taken_at": "2026-11-20T15:35:00Z",
         *       "vomiting": false
         *     }
         */
        ObserverCheckCreate: {
            /** @description The patient's response. */
            responds: components["schemas"]["Responds"];
            /** @description The patient's breathing. */
            breathing: components["schemas"]["Breathing"];
            /** @description The colour of face and lips. */
            colour: components["schemas"]["Colour"];
            /** @description Whether the patient vomits. */
            vomiting: boolean;
            /** @description The patient's position. */
            position: components["schemas"]["Position"];
            /** @description The distress that they show or tell, from 0 to 10. */
            distress?: number | null;
            /** @description Beats a minute, from 20 to 250. */
            pulse?: number | null;
            /** @description Oxygen saturation, from 50 to 100 %. */
            spo2?: number | null;
            /** @description From 40 to 300 mm[Hg], with `diastolic`. */
            systolic?: number | null;
            /** @description From 20 to 200 mm[Hg], below `systolic`. */
            diastolic?: number | null;
            /** @description From whom the numbers are. */
            source: components["schemas"]["Source"];
            /**
             * Format: uuid
             * @description Its id, made by the device, and the same at each try.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the observer looked, by the device.
             */
            taken_at: string;
        };
        /** @description The adult who is beside the patient, as was written. */
        ObserverThere: {
            /** @description The observer's name. */
            name: string;
            /** @description The observer's relation to the patient. */
            relation: string;
            /** @description Whether the observer is an adult; needed. */
            is_adult: boolean;
            /** @description The observer's number. */
            phone: string;
            /** @description When staff told the observer what to do; needed. */
            briefed_at: string | null;
        };
        /**
         * @description All that was seen at home in a session, the earliest first, and what was missed.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "first_dose_at": "2026-11-20T15:35:00Z",
         *       "next_check_at": "2026-11-20T15:50:00Z",
         *       "checks": [
         *         {
         *           "responds": "yes",
         *           "breathing": "normal",
         *           "colour": "normal",
         *           "vomiting": false,
         *           "position": "reclined",
         *           "distress": 2,
         *           "pulse": 82,
         *           "spo2": 97,
         *           "systolic": null,
         *           "diastolic": null,
         *           "source": "observer",
         *           "id": "019ab0de-0000-7000-8000-0000000000c1",
         *           "taken_at": "2026-11-20T15:35:00Z",
         *           "clock_skewed": false,
         *           "ignored": [],
         *           "received_at": "2026-11-20T15:35:00Z",
         *           "minute": 15,
         *           "findings": [
         *             {
         *               "rule": "R17",
         *               "version": "2026-11-28",
         *               "severity": "moderate",
         *               "text": "outside the usual range",
         *               "source": "clinical.md section 1.2, POLICY"
         *             }
         *           ]
         *         }
         *       ],
         *       "link_events": [
         *         {
         *           "id": "019ab0de-0000-7000-8000-0000000000c2",
         *           "at": "2026-11-20T15:35:00Z",
         *           "clock_skewed": false,
         *           "link": "video",
         *           "change": "lost",
         *           "recorded_by_id": null
         *         }
         *       ],
         *       "findings": [
         *         {
         *           "rule": "R17",
         *           "version": "2026-11-28",
         *           "severity": "moderate",
         *           "text": "outside the usual range",
         *           "source": "clinical.md section 1.2, POLICY",
         *           "since": "2026-11-20T15:35:00Z",
         *           "until": "2026-11-20T15:50:00Z"
         *         }
         *       ]
         *     }
         */
        ObserverWatch: {
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The session.
             */
            session_id: string;
            /**
             * Format: date-time
             * @description When the first dose was given (UTC).
             */
            first_dose_at: string | null;
            /**
             * Format: date-time
             * @description When the next check is due (UTC); null before the first dose, and once it is over.
             */
            next_check_at: string | null;
            /** @description The newest 500 checks. */
            checks: components["schemas"]["ObserverCheck"][];
            /** @description The newest 500 events of links. */
            link_events: components["schemas"]["LinkEvent"][];
            /** @description Missed checks (R25) and lost links (R26). */
            findings: components["schemas"]["WatchGap"][];
        };
        /** @description The clinician to whom the observer turns, as was written. */
        OnCallThere: {
            /** @description The name of who is on call. */
            name: string;
            /** @description Their licence to act. */
            credential: string;
            /** @description Their number, answered throughout. */
            phone: string;
        };
        /**
         * @description One order of a prescriber.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "course_id": null,
         *       "route": "im",
         *       "amount_min": 40,
         *       "amount_max": 80,
         *       "unit": "mg",
         *       "sessions_authorised": 6,
         *       "review_after_sessions": 2,
         *       "valid_from": "2026-11-20T00:00:00Z",
         *       "valid_until": "2027-02-20T00:00:00Z",
         *       "state": "active",
         *       "sessions_used": 1,
         *       "sessions_remaining": 5,
         *       "review_due": false,
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Blood pressure."
         *     }
         */
        Order: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The course that it belongs to.
             */
            course_id: string | null;
            /** @description The route. */
            route: components["schemas"]["DoseRoute"];
            /** @description The least of one dose. */
            amount_min: number;
            /** @description The most of one dose. */
            amount_max: number;
            /** @description The unit of both amounts. */
            unit: components["schemas"]["DoseUnit"];
            /** @description For how many sessions. */
            sessions_authorised: number;
            /** @description Sessions until the prescriber reviews it. */
            review_after_sessions: number;
            /**
             * Format: date-time
             * @description Valid then and later.
             */
            valid_from: string;
            /**
             * Format: date-time
             * @description Valid before then.
             */
            valid_until: string;
            /** @description Derived from the order, its sessions and the time. */
            state: components["schemas"]["OrderState"];
            /** @description Sessions with a dose that names it. */
            sessions_used: number;
            /** @description Sessions that remain. */
            sessions_remaining: number;
            /** @description Whether a review is due: that many sessions are used. */
            review_due: boolean;
            /**
             * Format: uuid
             * @description The prescriber.
             */
            created_by_id: string;
            /**
             * Format: date-time
             * @description When it was withdrawn (UTC).
             */
            withdrawn_at: string | null;
            /**
             * Format: uuid
             * @description The prescriber who withdrew it.
             */
            withdrawn_by_id: string | null;
            /** @description Why it ended. */
            withdrawn_reason: string | null;
        };
        /**
         * @description A new order.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "course_id": null,
         *       "route": "im",
         *       "amount_min": 40,
         *       "amount_max": 80,
         *       "unit": "mg",
         *       "sessions_authorised": 6,
         *       "review_after_sessions": 2,
         *       "valid_from": "2026-11-20T00:00:00Z",
         *       "valid_until": "2027-02-20T00:00:00Z"
         *     }
         */
        OrderCreate: {
            id?: components["schemas"]["FieldId2"];
            patient_id: components["schemas"]["FieldPatientId"];
            /**
             * Format: uuid
             * @description The course that it belongs to.
             */
            course_id?: string | null;
            /** @description The route. */
            route: components["schemas"]["DoseRoute"];
            /** @description The least of one dose. */
            amount_min: number;
            /** @description The most of one dose. */
            amount_max: number;
            /**
             * @description The unit of both amounts.
             * @default mg
             */
            unit?: components["schemas"]["DoseUnit"];
            /** @description For how many sessions. */
            sessions_authorised: number;
            /**
             * @description Sessions until the prescriber reviews it.
             * @default 2
             */
            review_after_sessions?: number;
            /**
             * Format: date-time
             * @description Valid then and later.
             */
            valid_from: string;
            /**
             * Format: date-time
             * @description Valid before then.
             */
            valid_until: string;
        };
        /**
         * @description The state of an order, derived from its row and the clock.
         * @enum {string}
         */
        OrderState: "upcoming" | "active" | "used_up" | "expired" | "withdrawn";
        /**
         * @description Why no dose shall be given by it.
         * @example {
         *       "reason": "Blood pressure."
         *     }
         */
        OrderWithdraw: {
            /** @description Why it ended. */
            reason: string;
        };
        AdverseEventPage: {
            /** @description In the list's order. */
            items: components["schemas"]["AdverseEvent"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        AssessmentPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Assessment"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        DoseHoldPage: {
            /** @description In the list's order. */
            items: components["schemas"]["DoseHold"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        DosePage: {
            /** @description In the list's order. */
            items: components["schemas"]["Dose"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        OrderPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Order"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ReadinessPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Readiness"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        VitalPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Vital"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        /**
         * @description The position of the patient. The words are ours.
         * @enum {string}
         */
        Position: "sitting" | "reclined" | "on_side" | "on_back" | "other";
        /**
         * @description The answer about pregnancy and nursing. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Pregnancy: "not_applicable" | "test_negative" | "possible" | "confirmed" | "breastfeeding" | "declined";
        /**
         * @description Whether the patient has it; `unknown` counts as open.
         * @enum {string}
         */
        Presence: "absent" | "present" | "unknown";
        /**
         * @description The readiness check of a dosing session; its id is the session's. Version 0: nobody answered yet.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000009",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "ready",
         *       "items": {},
         *       "contraindications": {},
         *       "unmet": [
         *         "rd.escort"
         *       ],
         *       "checklist_version": "2026-11-28",
         *       "updated_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        Readiness: components["schemas"]["Resource"] & {
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description Derived. `open`: not all answered; `held`: a hold is open; `released`: by a prescriber. */
            state: components["schemas"]["ReadinessState"];
            /** @description By item, `rd.*`: fasting, escort and the others. The note of `rd.emergency_address` is the address. */
            items: {
                [key: string]: components["schemas"]["ReadinessItem"];
            };
            /** @description The contraindication checklist, by code. */
            contraindications: {
                [key: string]: components["schemas"]["ContraindicationLine"];
            };
            /** @description Items and codes not met now. */
            unmet: string[];
            /** @description The version of items and rules. */
            checklist_version: string;
            /**
             * Format: uuid
             * @description The account that changed it last.
             */
            updated_by_id: string | null;
        };
        /**
         * @description The answer to one item. Details belong to the item that they name.
         * @example {
         *       "answered_by": "patient",
         *       "food_at": "2026-11-20T08:00:00Z",
         *       "status": "met"
         *     }
         */
        ReadinessAnswer: {
            /** @description Its status; `unknown` is not met. */
            status: components["schemas"]["ItemStatus"];
            /**
             * @description The person who answered.
             * @default staff
             */
            answered_by?: components["schemas"]["AnsweredBy"];
            /**
             * Format: date-time
             * @description `rd.fasting`: the last food.
             */
            food_at?: string | null;
            /**
             * Format: date-time
             * @description `rd.fasting`: the last drink.
             */
            fluids_at?: string | null;
            /** @description `rd.escort`, `rd.observer`: their name. */
            name?: string | null;
            /** @description `rd.escort`, `rd.observer`: their telephone. */
            phone?: string | null;
            /** @description `rd.escort`: whether they confirmed; needed for met. */
            confirmed?: boolean | null;
            /** @description `rd.medicines`: who reviewed them; needed for met. */
            reviewed_by?: string | null;
            /** @description `rd.substances_24h`: all taken. */
            substances?: components["schemas"]["Substance"][] | null;
            /** @description `rd.pregnancy`: its answer decides the status. */
            pregnancy?: components["schemas"]["Pregnancy"] | null;
            /** @description `rd.weight`: kilograms. */
            weight_kg?: number | null;
            /**
             * Format: date
             * @description `rd.weight`: the day; it counts for 30 days.
             */
            measured_on?: string | null;
            /** @description Remark; the patient can read it. */
            note?: string | null;
        };
        /** @description One item as it was answered. */
        ReadinessItem: {
            /** @description The rule that holds a dose if it is not met. */
            rule: string;
            /** @description As in the answer; `unknown` until then. */
            status: string;
            /** @description Whose answer it is. */
            answered_by: string | null;
            /** @description When it was answered (UTC); null if it was not. */
            answered_at: string | null;
            /** @description The account that wrote it. */
            answered_by_id: string | null;
            by_prescriber: components["schemas"]["FieldByPrescriber"];
            /** @description Last food. */
            food_at: string | null;
            /** @description Last drink. */
            fluids_at: string | null;
            /** @description `rd.escort`, `rd.observer`: their name. */
            name: string | null;
            /** @description `rd.escort`, `rd.observer`: their telephone. */
            phone: string | null;
            /** @description `rd.escort`: whether they confirmed; needed for met. */
            confirmed: boolean | null;
            /** @description `rd.medicines`: who reviewed them; needed for met. */
            reviewed_by: string | null;
            /** @description Everything taken in the 24 hours before. */
            substances: string[] | null;
            /** @description The answer to `rd.pregnancy`. */
            pregnancy: string | null;
            /** @description `rd.weight`: kilograms. */
            weight_kg: number | null;
            /** @description Day of the weight. */
            measured_on: string | null;
            /** @description Remark; the patient can read it. */
            note: string | null;
        };
        /**
         * @description The state of a check, derived from its items and holds. Source: clinical.md section 1.8.
         * @enum {string}
         */
        ReadinessState: "open" | "held" | "released" | "ready";
        /**
         * @description The answers to change, by item. Absent items stay; null takes an answer back.
         * @example {
         *       "items": {
         *         "rd.escort": {
         *           "status": "met"
         *         }
         *       }
         *     }
         */
        ReadinessUpdate: {
            /** @description By item, `rd.*`: fasting, escort and the others. The note of `rd.emergency_address` is the address. */
            items?: {
                [key: string]: components["schemas"]["ReadinessAnswer"] | null;
            };
            /** @description The contraindication checklist, by code. */
            contraindications?: {
                [key: string]: components["schemas"]["ContraindicationAnswer"] | null;
            };
        };
        /**
         * @description The likelihood that the dose caused it.
         * @enum {string}
         */
        Relatedness: "unrelated" | "unlikely" | "possible" | "probable" | "definite";
        /**
         * @description Something that the remote record needs. Source: clinical.md sections 1.8 and 6, R18.
         * @enum {string}
         */
        RemoteItem: "emergency_address" | "local_emergency_number" | "observer" | "observer_adult" | "observer_briefed" | "medical_on_call";
        /**
         * @description The remote record as it stands now; what is absent is not known.
         * @example {
         *       "emergency_address": "1 Lake Road, back door, Springfield",
         *       "phone": "+1 555 0142",
         *       "local_emergency_number": "911",
         *       "observer": {
         *         "name": "Ash Doe",
         *         "relation": "sister",
         *         "is_adult": true,
         *         "phone": "+1 555 0143",
         *         "briefed_at": "2026-11-20T14:20:00Z"
         *       },
         *       "medical_on_call": {
         *         "name": "Ines Orr",
         *         "credential": "MD",
         *         "phone": "+1 555 0144"
         *       }
         *     }
         */
        RemoteRecord: {
            /** @description The place to which help is sent. */
            emergency_address?: string | null;
            /** @description The patient's number during it. */
            phone?: string | null;
            /** @description The emergency number where the patient is. */
            local_emergency_number?: string | null;
            /** @description The adult who is beside the patient. */
            observer?: components["schemas"]["Observer"] | null;
            /** @description The clinician to whom the observer turns. */
            medical_on_call?: components["schemas"]["MedicalOnCall"] | null;
        };
        /**
         * @description The remote record of a session, whose id it has. Version 0: nobody wrote it yet.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "emergency_address": "1 Lake Road, back door, Springfield",
         *       "phone": "+1 555 0142",
         *       "local_emergency_number": "911",
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "observer": null,
         *       "medical_on_call": null,
         *       "lacking": [
         *         "observer_briefed"
         *       ],
         *       "video_lost_at": null,
         *       "observer_lost_at": null,
         *       "token_issued_at": "2026-11-20T14:30:00Z",
         *       "token_expires_at": "2026-11-20T22:30:00Z",
         *       "token_revoked_at": null,
         *       "updated_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        RemoteSession: components["schemas"]["Resource"] & {
            /** @description The place to which help is sent. */
            emergency_address: string | null;
            /** @description The patient's number during it. */
            phone: string | null;
            /** @description The emergency number where the patient is. */
            local_emergency_number: string | null;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description The adult who is beside the patient. */
            observer: components["schemas"]["ObserverThere"] | null;
            /** @description The clinician to whom the observer turns. */
            medical_on_call: components["schemas"]["OnCallThere"] | null;
            /** @description The items that it lacks. While it lacks any, a dose at home is held (policy `remote_record`). */
            lacking: components["schemas"]["RemoteItem"][];
            /**
             * Format: date-time
             * @description Since when the video is lost (UTC).
             */
            video_lost_at: string | null;
            /**
             * Format: date-time
             * @description Since when the observer is lost (UTC).
             */
            observer_lost_at: string | null;
            /**
             * Format: date-time
             * @description When the newest support token was issued (UTC).
             */
            token_issued_at: string | null;
            /**
             * Format: date-time
             * @description Until when it works, while the session is not over.
             */
            token_expires_at: string | null;
            /**
             * Format: date-time
             * @description When staff ended it.
             */
            token_revoked_at: string | null;
            /**
             * Format: uuid
             * @description The account that wrote the record last.
             */
            updated_by_id: string | null;
        };
        /**
         * @description The answers that the record does not give; null for one that nobody gave.
         * @example {
         *       "patient_enrolled": true,
         *       "setting_enrolled": true,
         *       "concomitant": [],
         *       "acceptable_before": true,
         *       "acceptable_at_end": true,
         *       "sedation": false,
         *       "dissociation": true,
         *       "respiratory_depression": false
         *     }
         */
        RemsAnswers: {
            /** @description Whether the patient is enrolled. */
            patient_enrolled?: boolean | null;
            /** @description Whether the clinic is certified. */
            setting_enrolled?: boolean | null;
            /** @description The kinds of medicines taken too; empty for none. */
            concomitant?: components["schemas"]["Concomitant"][] | null;
            /** @description Whether vitals were acceptable before the dose. */
            acceptable_before?: boolean | null;
            /** @description Whether vitals were acceptable at the end. */
            acceptable_at_end?: boolean | null;
            /** @description Whether there was sedation. */
            sedation?: boolean | null;
            /** @description Whether there was dissociation. */
            dissociation?: boolean | null;
            /** @description Whether breathing was depressed. */
            respiratory_depression?: boolean | null;
        };
        /**
         * @description The monitoring form of one esketamine session: the answers, and what the record fills in.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "patient_enrolled": true,
         *       "setting_enrolled": true,
         *       "concomitant": [],
         *       "acceptable_before": true,
         *       "acceptable_at_end": true,
         *       "sedation": false,
         *       "dissociation": true,
         *       "respiratory_depression": false,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "state": "draft",
         *       "missing": [
         *         "minutes_observed"
         *       ],
         *       "due_at": "2026-11-27T15:20:00Z",
         *       "form_version": "2026-11-28",
         *       "label_version": "SPL 18, 2026-03-13",
         *       "first_dose_at": "2026-11-20T15:20:00Z",
         *       "dose_mg": 56,
         *       "lots": [
         *         "LOT-1"
         *       ],
         *       "minutes_observed": 130,
         *       "pressure_before": null,
         *       "pressure_at_40": null,
         *       "pressure_at_end": null,
         *       "serious_adverse_event": false,
         *       "changed_since_sent": [],
         *       "submitted_at": null,
         *       "submitted_by_id": null,
         *       "confirmation": null
         *     }
         */
        RemsForm: components["schemas"]["Resource"] & {
            /** @description Whether the patient is enrolled. */
            patient_enrolled: boolean | null;
            /** @description Whether the clinic is certified. */
            setting_enrolled: boolean | null;
            /** @description The kinds of medicines taken too; empty for none. */
            concomitant: components["schemas"]["Concomitant"][] | null;
            /** @description Whether vitals were acceptable before the dose. */
            acceptable_before: boolean | null;
            /** @description Whether vitals were acceptable at the end. */
            acceptable_at_end: boolean | null;
            /** @description Whether there was sedation. */
            sedation: boolean | null;
            /** @description Whether there was dissociation. */
            dissociation: boolean | null;
            /** @description Whether breathing was depressed. */
            respiratory_depression: boolean | null;
            patient_id: components["schemas"]["FieldPatientId"];
            /** @description `ready` once nothing is missing. */
            state: components["schemas"]["RemsState"];
            /** @description The fields that it lacks. */
            missing: string[];
            /**
             * Format: date-time
             * @description The end of the seven days (UTC).
             */
            due_at: string;
            /** @description The version of the fields. */
            form_version: string;
            /** @description The label on which they rest. */
            label_version: string;
            /**
             * Format: date-time
             * @description When the first device was used (UTC).
             */
            first_dose_at: string;
            /** @description The dose of the session in mg. */
            dose_mg: number;
            /** @description The lots of its devices. */
            lots: string[];
            /** @description Minutes from the first device to the discharge. */
            minutes_observed: number | null;
            /** @description The last blood pressure before the dose. */
            pressure_before: components["schemas"]["RemsPressure"] | null;
            /** @description The blood pressure at about 40 minutes. */
            pressure_at_40: components["schemas"]["RemsPressure"] | null;
            /** @description The last blood pressure. */
            pressure_at_end: components["schemas"]["RemsPressure"] | null;
            /** @description Whether one is on record. */
            serious_adverse_event: boolean;
            /** @description The fields that differ from what was sent; `submit` says that it was sent anew. */
            changed_since_sent: string[];
            /**
             * Format: date-time
             * @description When the clinic sent it (UTC).
             */
            submitted_at: string | null;
            /**
             * Format: uuid
             * @description The account that said so.
             */
            submitted_by_id: string | null;
            /** @description The confirmation that REMS gave. */
            confirmation: string | null;
        };
        /** @description One blood pressure, in mm[Hg]. */
        RemsPressure: {
            /**
             * Format: date-time
             * @description When it was taken (UTC).
             */
            taken_at: string;
            /** @description The systolic value. */
            systolic: number;
            /** @description The diastolic value. */
            diastolic: number;
        };
        /**
         * @description The life of a REMS form.
         * @enum {string}
         */
        RemsState: "draft" | "ready" | "submitted" | "confirmed";
        /**
         * @description The submission that the clinic made.
         * @example {
         *       "confirmation": "R-0001"
         *     }
         */
        RemsSubmit: {
            /**
             * Format: date-time
             * @description When it was sent. Absent: now.
             */
            submitted_at?: string | null;
            /** @description The confirmation that REMS gave. */
            confirmation?: string | null;
        };
        /**
         * @description An authority or programme that was told of it.
         * @enum {string}
         */
        ReportedTo: "rems" | "medwatch" | "other";
        /**
         * @description The response of the patient. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Responds: "yes" | "to_voice" | "to_touch" | "no";
        /**
         * @description The criteria by which an adverse event is serious. Source: ICH E2A.
         * @enum {string}
         */
        Seriousness: "death" | "life_threatening" | "hospitalisation" | "disability" | "congenital_anomaly" | "other_important";
        /**
         * @description From whom the numbers are. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Source: "self_read" | "observer" | "device";
        /**
         * @description A substance taken in the 24 hours before. Source: clinical.md section 1.8.
         * @enum {string}
         */
        Substance: "none" | "benzodiazepine" | "opioid" | "alcohol" | "other_depressant" | "stimulant" | "maoi" | "cannabis" | "other";
        /**
         * @description A new support token. It is shown only here.
         * @example {
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "token": "AZq…=",
         *       "expires_at": "2026-11-20T22:30:00Z"
         *     }
         */
        SupportToken: {
            /**
             * Format: uuid
             * @description The one session that it is of.
             */
            session_id: string;
            /** @description The secret that the observer's device sends. */
            token: string;
            /**
             * Format: date-time
             * @description When it ends at the latest (UTC).
             */
            expires_at: string;
        };
        /**
         * @description The time box of a support token.
         * @example {
         *       "minutes": 480
         *     }
         */
        SupportTokenCreate: {
            /**
             * @description Minutes until it ends by itself.
             * @default 480
             */
            minutes?: number;
        };
        /**
         * @description One reading, with what follows from it and from the doses that stand.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000033",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "field": "blood_pressure",
         *       "value": 128,
         *       "diastolic": 82,
         *       "text": null,
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "session_id": "019ab0de-0000-7000-8000-000000000009",
         *       "taken_at": "2026-11-20T15:40:00Z",
         *       "minutes_from_dose": 20,
         *       "loinc": "85354-9",
         *       "ucum": "mm[Hg]",
         *       "findings": [
         *         {
         *           "rule": "R17",
         *           "version": "2026-11-28",
         *           "severity": "moderate",
         *           "text": "outside the usual range",
         *           "source": "clinical.md section 1.2, POLICY"
         *         }
         *       ],
         *       "created_by_id": "019ab0de-0000-7000-8000-000000000002",
         *       "withdrawn_at": null,
         *       "withdrawn_by_id": null,
         *       "withdrawn_reason": "Wrong vial written down."
         *     }
         */
        Vital: components["schemas"]["Resource"] & {
            /** @description The field. */
            field: components["schemas"]["VitalField"];
            /** @description The value; the systolic one. */
            value: number | null;
            /** @description `blood_pressure`: the diastolic value. */
            diastolic: number | null;
            /** @description An observation; the patient can read it. */
            text: string | null;
            patient_id: components["schemas"]["FieldPatientId"];
            session_id: components["schemas"]["FieldSessionId"];
            /**
             * Format: date-time
             * @description When it was taken (UTC).
             */
            taken_at: string;
            /** @description Minutes since the first dose; negative before. */
            minutes_from_dose: number | null;
            /** @description The LOINC code, if one is verified. */
            loinc: string | null;
            /** @description The UCUM unit. */
            ucum: string | null;
            findings: components["schemas"]["FieldFindings"];
            created_by_id: components["schemas"]["FieldCreatedById"];
            /**
             * Format: date-time
             * @description When it was withdrawn (UTC).
             */
            withdrawn_at: string | null;
            withdrawn_by_id: components["schemas"]["FieldWithdrawnById"];
            /** @description Why it counts no more. */
            withdrawn_reason: string | null;
        };
        /**
         * @description Readings of one session, in any order.
         * @example {
         *       "items": [
         *         {
         *           "field": "blood_pressure",
         *           "value": 128,
         *           "diastolic": 82,
         *           "id": "019ab0de-0000-7000-8000-000000000033",
         *           "taken_at": "2026-11-20T15:40:00Z"
         *         }
         *       ]
         *     }
         */
        VitalBatch: {
            /** @description The readings. */
            items: components["schemas"]["VitalCreate"][];
        };
        /**
         * @description A reading to record.
         * @example {
         *       "diastolic": 82,
         *       "field": "blood_pressure",
         *       "id": "019ab0de-0000-7000-8000-000000000033",
         *       "taken_at": "2026-11-20T15:40:00Z",
         *       "value": 128
         *     }
         */
        VitalCreate: {
            /** @description The field. */
            field: components["schemas"]["VitalField"];
            /** @description The value; the systolic one. */
            value?: number | null;
            /** @description `blood_pressure`: the diastolic value. */
            diastolic?: number | null;
            /** @description An observation; the patient can read it. */
            text?: string | null;
            /**
             * Format: uuid
             * @description Its id, made by the sender, and the same at each try.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was taken.
             */
            taken_at: string;
        };
        /**
         * @description The thing measured or observed. Source: clinical.md section 1.3.
         * @enum {string}
         */
        VitalField: "blood_pressure" | "heart_rate" | "spo2" | "respiratory_rate" | "temperature" | "weight" | "height" | "moaas" | "cadss" | "cadss_6" | "dissociation" | "vas_high" | "vas_nausea" | "vas_anxiety" | "vas_pain" | "observation";
        /** @description A time in which checks or a link were missing. */
        WatchGap: components["schemas"]["FindingThere"] & {
            /**
             * Format: date-time
             * @description Since when (UTC).
             */
            since: string;
            /**
             * Format: date-time
             * @description Until when (UTC); null: still.
             */
            until: string | null;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Malformed request",
         *       "status": 400,
         *       "code": "malformed",
         *       "detail": "The message is broken; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        SupportBrokenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "malformed";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Too large",
         *       "status": 413,
         *       "code": "too-large",
         *       "detail": "The request is too large; the crisis lines answer now.",
         *       "request_id": "phone-41",
         *       "errors": [],
         *       "crisis_lines": [
         *         "911: Emergency services"
         *       ]
         *     }
         */
        SupportTooLargeProblem: components["schemas"]["Problem"] & {
            /** @constant */
            code?: "too-large";
            /** @description Those who answer now, emergency services first. */
            crisis_lines?: string[];
        };
        /** @enum {string} */
        ReadinessItemName: "rd.fasting" | "rd.escort" | "rd.medicines" | "rd.substances_24h" | "rd.pregnancy" | "rd.vitals" | "rd.cuff" | "rd.oximeter" | "rd.observer" | "rd.video" | "rd.emergency_address" | "rd.weight" | "rd.screen" | "rd.clearance" | "rd.consent";
        /** @enum {string} */
        ContraindicationCode: "aneurysmal_vascular_disease" | "arteriovenous_malformation" | "intracerebral_haemorrhage" | "hypersensitivity" | "uncontrolled_hypertension" | "recent_mi_or_stroke" | "unstable_cardiovascular_disease" | "mania" | "active_substance_use" | "raised_intracranial_pressure" | "pregnancy_or_lactation" | "hepatic_impairment" | "hypertensive_encephalopathy" | "cystitis" | "cns_depressants" | "psychostimulants" | "maois" | "psychosis" | "thyrotoxicosis" | "glaucoma" | "seizure" | "sleep_apnoea" | "under_18";
        /**
         * Format: date-time
         * @description When it was over; null while it lasts, or if nobody knows.
         */
        FieldEndedAt: string | null;
        /** @description Whether the label or the consent names it. */
        FieldIsExpected: boolean | null;
        /** @description The ICH criteria by which it is serious; none if it is not. */
        FieldSeriousBecause: components["schemas"]["Seriousness"][];
        /** @description The course of it, in words; the patient can read it. */
        FieldText: string | null;
        /** @description Those outside the clinic who were told. */
        FieldReportedTo: components["schemas"]["ReportedTo"][];
        /** @description Its reasons; none for `go`. */
        FieldReasons: components["schemas"]["AssessmentReason"][];
        /** @description Decided by a prescriber: without it, no clearance is met and no contraindication absent. */
        FieldByPrescriber: boolean;
        /** @description A remark; the patient can read it. */
        FieldNote: string | null;
        /**
         * Format: uuid
         * @description The dose of the session that this one takes the place of.
         */
        FieldCorrectsId: string | null;
        /** @description Remarks about what is unusual. */
        FieldFindings: components["schemas"]["FindingThere"][];
        /** @description An item that is asked after certain answers alone. */
        AskedIf: {
            /** @description The items that decide it. */
            any_of: string[];
            /** @description One of them answered so. */
            answers: string[];
        };
        /** @description A range of a score with its name, both ends included. */
        Band: {
            /** @description The score that it divides. */
            score: string;
            /** @description Its own name. */
            label: string;
            /** @description Its lowest value. */
            min: number;
            /** @description Its highest value. */
            max: number;
            /** @description Whence it is. */
            source: string | null;
            /** @description The support of the band. */
            status: components["schemas"]["Verification"];
        };
        /** @description A rule about two scores of one person: response, remission, reliable change and the like. */
        ChangeRule: {
            /** @description The name of the rule. */
            id: string;
            /** @description The score of which two are compared. */
            score: string;
            /** @description Met if all of these are. */
            all_of: components["schemas"]["Condition"][];
            /** @description A limit of the rule. */
            note: string | null;
            /** @description Whence the rule is. */
            source: string;
            /** @description The support of the change rule. */
            status: components["schemas"]["Verification"];
        };
        /** @description Items of which some must be endorsed. */
        Cluster: {
            /** @description Its items. */
            items: string[];
            /** @description So many of them, or more. */
            count: number;
        };
        /**
         * @description The comparison of a rule.
         * @enum {string}
         */
        Comparison: "at_least" | "at_most" | "below" | "above";
        /** @description One comparison of a rule. */
        Condition: {
            /** @description The value that is compared. */
            value: components["schemas"]["Value"];
            /** @description The way in which it is compared. */
            comparison: components["schemas"]["Comparison"];
            /** @description With what; of a published range, the default. */
            limit: number;
            /** @description The lower end of the published range; null: there is none. */
            lowest_limit: number | null;
            /** @description The upper end of the published range. */
            highest_limit: number | null;
            /** @description Whether the baseline is the limit, if it is higher. */
            or_baseline: boolean;
        };
        /** @description A value at which a score says something. */
        Cutoff: {
            /** @description The score that is looked at. */
            score: string;
            /** @description When it is met. */
            when: components["schemas"]["Condition"];
            /** @description The meaning of that. */
            meaning: string;
            /** @description Whence the value is. */
            source: string;
            /** @description The support of the value. */
            status: components["schemas"]["Verification"];
        };
        /**
         * @description One instrument with the sources of its facts.
         * @example {
         *       "definition": {
         *         "id": "phq9",
         *         "version": 1,
         *         "name": "Patient Health Questionnaire 9",
         *         "state": "active",
         *         "kind": "self_report",
         *         "measures": "depression",
         *         "direction": "higher_is_worse",
         *         "recall": "2 weeks",
         *         "recall_days": 14,
         *         "off_window_days": 7,
         *         "items": [
         *           {
         *             "id": "phq9.1",
         *             "topic": "interest",
         *             "min": 0,
         *             "max": 3,
         *             "values": null,
         *             "is_scored": true,
         *             "may_not_apply": false,
         *             "asked_if": null,
         *             "loinc": "44250-9"
         *           }
         *         ],
         *         "scores": [
         *           {
         *             "id": "total",
         *             "method": "sum",
         *             "items": null,
         *             "domains": null,
         *             "either_or": null,
         *             "other_score": null,
         *             "factor": null,
         *             "clusters": [
         *               {
         *                 "items": [
         *                   "pcl5.1"
         *                 ],
         *                 "count": 1
         *               }
         *             ],
         *             "at_least": null,
         *             "tool": null,
         *             "min": 0,
         *             "max": 27,
         *             "missing": null,
         *             "loinc": "44261-6",
         *             "source": null,
         *             "status": null
         *           }
         *         ],
         *         "bands": [
         *           {
         *             "score": "total",
         *             "label": "moderate",
         *             "min": 10,
         *             "max": 14,
         *             "source": "loinc",
         *             "status": "verified"
         *           }
         *         ],
         *         "cutoffs": [
         *           {
         *             "score": "total",
         *             "when": {
         *               "value": "percent_drop",
         *               "comparison": "at_least",
         *               "limit": 50,
         *               "lowest_limit": null,
         *               "highest_limit": null,
         *               "or_baseline": false
         *             },
         *             "meaning": "screen positive",
         *             "source": "arroll2010",
         *             "status": "verified"
         *           }
         *         ],
         *         "changes": [
         *           {
         *             "id": "response",
         *             "score": "total",
         *             "all_of": [
         *               {
         *                 "value": "percent_drop",
         *                 "comparison": "at_least",
         *                 "limit": 50,
         *                 "lowest_limit": null,
         *                 "highest_limit": null,
         *                 "or_baseline": false
         *               }
         *             ],
         *             "note": null,
         *             "source": "hedis_drr",
         *             "status": "verified"
         *           }
         *         ],
         *         "derivable_from": null,
         *         "notes": [],
         *         "text_distribution": "free",
         *         "licence_owner": "Pfizer",
         *         "licence_terms": "no permission required",
         *         "licence_source": "camcops_gad7",
         *         "licence_status": "verified",
         *         "default_remission": null,
         *         "answer_loinc": null,
         *         "panel_loinc": null,
         *         "loinc_status": "verified"
         *       },
         *       "sources": {
         *         "loinc": {
         *           "authority": "high",
         *           "what": "LOINC term pages",
         *           "where": "loinc.org"
         *         }
         *       }
         *     }
         */
        DefinedInstrument: {
            /** @description The newest version. */
            definition: components["schemas"]["Instrument"];
            /** @description The sources that it names, by their names. */
            sources: {
                [key: string]: components["schemas"]["InstrumentSource"];
            };
        };
        /** @description A longer instrument that has the same items. */
        DerivableFrom: {
            /** @description The longer instrument. */
            instrument: string;
            /** @description Its items, in the order of these. */
            items: string[];
        };
        /**
         * @description Whether a higher score is good news.
         * @enum {string}
         */
        Direction: "higher_is_worse" | "higher_is_better" | "none";
        /** @description One version of an instrument. */
        Instrument: {
            /** @description Its id, for every version the same. */
            id: string;
            /** @description Counts the versions of the definition. */
            version: number;
            /** @description Its full name. */
            name: string;
            /** @description Whether the range of its items is known. */
            state: components["schemas"]["InstrumentState"];
            /** @description The people who answer. */
            kind: components["schemas"]["InstrumentKind"];
            /** @description The thing that it measures. */
            measures: string;
            /** @description Whether more is better. */
            direction: components["schemas"]["Direction"];
            /** @description The time that it asks about. */
            recall: string;
            /** @description The same in days; null: no fixed time. */
            recall_days: number | null;
            /** @description Asked again sooner than this, an answer is marked off-window. */
            off_window_days: number | null;
            /** @description The questions, in order. */
            items: components["schemas"]["Item"][];
            /** @description The scores, in order. */
            scores: components["schemas"]["ScoreDefinition"][];
            /** @description Named ranges of its scores. */
            bands: components["schemas"]["Band"][];
            /** @description Values that say something. */
            cutoffs: components["schemas"]["Cutoff"][];
            /** @description Rules about two scores of one person. */
            changes: components["schemas"]["ChangeRule"][];
            /** @description The longer instrument that gives its answers too. */
            derivable_from: components["schemas"]["DerivableFrom"] | null;
            /** @description Cautions before its use. */
            notes: string[];
            /** @description Whether its wording may be handed out. */
            text_distribution: components["schemas"]["TextDistribution"];
            /** @description Whose it is. */
            licence_owner: string;
            /** @description On what terms. */
            licence_terms: string;
            /** @description Whence the terms are. */
            licence_source: string | null;
            /** @description The support of the terms. */
            licence_status: components["schemas"]["Verification"];
            /** @description The rule of remission to show, of several. */
            default_remission: string | null;
            /** @description The LOINC codes of the answers, by answer, if verified. */
            answer_loinc: {
                [key: string]: string;
            } | null;
            /** @description The LOINC code of the whole, if that is verified. */
            panel_loinc: string | null;
            /** @description The support of its LOINC codes. */
            loinc_status: components["schemas"]["Verification"];
        };
        /**
         * @description Whose answers they are.
         * @enum {string}
         */
        InstrumentKind: "self_report" | "clinician_rated" | "clinician_administered_self_report" | "interview_or_self_report";
        /** @description The place of a fact. */
        InstrumentSource: {
            /** @description The text that was read. */
            what: string;
            /** @description The place of that text. */
            where: string;
            /** @description The trust in it: `high`, `medium` or `low`. */
            authority: string;
        };
        /**
         * @description `provisional`: the range of its items is not verified. Each other fact tells its own support.
         * @enum {string}
         */
        InstrumentState: "active" | "provisional";
        /** @description An instrument in the list. */
        InstrumentSummary: {
            /** @description The name of the instrument in paths. */
            id: string;
            /** @description The newest version of its definition. */
            version: number;
            /** @description The name to show. */
            name: string;
            /** @description Whether the ranges of its items are verified. */
            state: components["schemas"]["InstrumentState"];
            /** @description Whose answers it takes. */
            kind: components["schemas"]["InstrumentKind"];
            /** @description The subject of its scores. */
            measures: string;
            /** @description Whether a higher score is better. */
            direction: components["schemas"]["Direction"];
            /** @description The number of its questions. */
            item_count: number;
            /** @description The terms of its licence, in short. */
            text_distribution: components["schemas"]["TextDistribution"];
        };
        /**
         * @description Every instrument.
         * @example {
         *       "items": [
         *         {
         *           "id": "phq9",
         *           "version": 1,
         *           "name": "Patient Health Questionnaire 9",
         *           "state": "active",
         *           "kind": "self_report",
         *           "measures": "depression",
         *           "direction": "higher_is_worse",
         *           "item_count": 10,
         *           "text_distribution": "free"
         *         }
         *       ]
         *     }
         */
        Instruments: {
            /** @description The newest version of each. */
            items: components["schemas"]["InstrumentSummary"][];
        };
        /** @description One question. `topic` is our own short word for it, never the official wording. */
        Item: {
            /** @description Its id, the same in every version. */
            id: string;
            /** @description Its topic, in a word or two. */
            topic: string;
            /** @description The lowest answer; null: it is answered by a word. */
            min: number | null;
            /** @description The highest answer. */
            max: number | null;
            /** @description The words that answer it; null: it is a number. */
            values: string[] | null;
            /** @description Whether it counts in a score. */
            is_scored: boolean;
            /** @description Whether `na` is an answer. */
            may_not_apply: boolean;
            /** @description When it is asked; null: always. */
            asked_if: components["schemas"]["AskedIf"] | null;
            /** @description Its LOINC code, if that is verified. */
            loinc: string | null;
        };
        /**
         * @description The method of a score.
         *
         *     `sum` of items. `linear`: another score times a factor. `mean_percent`: the mean of items in percent of their
         *     maximum. `sum_of_domain_max`: the highest item of each domain. `clusters`: enough endorsed items in each cluster.
         *     `all_at_least`: each of several scores reaches a limit. `triage`: the rule of a yes/no tool.
         * @enum {string}
         */
        Method: "sum" | "linear" | "mean_percent" | "sum_of_domain_max" | "clusters" | "all_at_least" | "triage";
        /** @description A rule for missing answers, with its number. */
        Missing: {
            /** @description The rule. */
            rule: components["schemas"]["MissingRule"];
            /** @description The most that may be missing. */
            max_missing: number | null;
            /** @description The least that must be answered, in percent. */
            min_answered_percent: number | null;
            /** @description The support of the rule. */
            status: components["schemas"]["Verification"];
        };
        /**
         * @description The rule for missing answers.
         *
         *     `prorated`: the sum of the others, scaled up, half up. `lower_bound`: the sum of the others, said to be one.
         *     `mean_of_answered`: their mean stands for all. `each_domain_answered`: one answer a domain is enough.
         * @enum {string}
         */
        MissingRule: "none_may_miss" | "prorated" | "lower_bound" | "mean_of_answered" | "each_domain_answered";
        /** @description One score. Fields that its method does not use are null. */
        ScoreDefinition: {
            /** @description Its name within the instrument. */
            id: string;
            /** @description The way in which it is made. */
            method: components["schemas"]["Method"];
            /** @description The items, or for `all_at_least` the scores, that it is made of. */
            items: string[] | null;
            /** @description For `sum_of_domain_max`: the domains. */
            domains: string[][] | null;
            /** @description Items of which one answer is enough, as one asks of less and one of more. */
            either_or: string[][] | null;
            /** @description For `linear`: the other score. */
            other_score: string | null;
            /** @description For `linear`: by how much it is multiplied. */
            factor: components["schemas"]["ScoreFactor"] | null;
            /** @description For `clusters`: all of them. */
            clusters: components["schemas"]["Cluster"][] | null;
            /** @description For `clusters`: the answer that endorses; for `all_at_least`: the limit. */
            at_least: number | null;
            /** @description For `triage`: whose rule. */
            tool: components["schemas"]["Tool"] | null;
            /** @description The lowest value; null: it is no number. */
            min: number | null;
            /** @description The highest value. */
            max: number | null;
            /** @description The rule for missing answers; null: none of its own. */
            missing: components["schemas"]["Missing"] | null;
            /** @description The LOINC code of the score, if that is verified. */
            loinc: string | null;
            /** @description Whence the method is; null: from the instrument itself. */
            source: string | null;
            /** @description The support of the method; null: nothing is said of it. */
            status: components["schemas"]["Verification"] | null;
        };
        /** @description An exact fraction. */
        ScoreFactor: {
            /** @description Above the line. */
            numerator: number;
            /** @description Below the line. */
            denominator: number;
        };
        /**
         * @description Whether the official wording may be handed out. It is imported by each clinic in every case.
         * @enum {string}
         */
        TextDistribution: "free" | "noncommercial" | "ask" | "licence";
        /**
         * @description The yes/no tools that are scored by a rule of their own.
         * @enum {string}
         */
        Tool: "asq" | "cssrs_screener";
        /**
         * @description The value that a rule looks at.
         *
         *     `drop` is baseline minus current, `abs_change` its size, `percent_drop` the drop in percent of the baseline.
         * @enum {string}
         */
        Value: "score" | "baseline" | "current" | "drop" | "abs_change" | "percent_drop";
        /**
         * @description The support of a fact.
         *
         *     `verified`: two independent sources, or one of high authority. `policy`: a default of this product.
         * @enum {string}
         */
        Verification: "verified" | "single_source" | "background" | "policy" | "none_found";
        /**
         * @description A new member of staff; send an invitation next.
         * @example {
         *       "name": "Imani Vale",
         *       "email": "imani.vale@example.org",
         *       "roles": [
         *         "therapist"
         *       ],
         *       "credential": "LMFT",
         *       "licence_region": "US-OR",
         *       "licence_ends_on": "2027-06-30"
         *     }
         */
        AccountCreate: {
            id?: components["schemas"]["FieldId2"];
            /** @description Name. */
            name: string;
            /** @description Address for signing in. */
            email: string;
            roles: components["schemas"]["FieldRoles"];
            /** @description Professional credential. */
            credential?: string | null;
            /** @description Licence region. */
            licence_region?: string | null;
            licence_ends_on?: components["schemas"]["FieldLicenceEndsOn"];
            supervised_by?: components["schemas"]["FieldSupervisedBy"];
        };
        /**
         * @description The fields that an admin can change; of a patient's account `state` alone.
         *
         *     A change of roles, supervisor, successor or state holds from the account's next request.
         * @example {
         *       "roles": [
         *         "therapist",
         *         "supervisor"
         *       ]
         *     }
         */
        AccountUpdate: {
            /** @description Name. */
            name?: string;
            roles?: components["schemas"]["FieldRoles"];
            /** @description Professional credential. */
            credential?: string | null;
            /** @description Licence region. */
            licence_region?: string | null;
            licence_ends_on?: components["schemas"]["FieldLicenceEndsOn"];
            supervised_by?: components["schemas"]["FieldSupervisedBy"];
            successor_id?: components["schemas"]["FieldSuccessorId"];
            /** @description Disable, or enable again. Disabling ends every sign-in. */
            state?: components["schemas"]["SettableAccountState"];
        };
        /**
         * @description One message, without its body.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-00000000002a",
         *       "message_id": "019ab0de-0000-7000-8000-00000000002b",
         *       "position": 13,
         *       "kind": "session",
         *       "state": "delivered",
         *       "attempts": 1,
         *       "created_at": "2026-11-20T15:00:00Z",
         *       "due_at": "2026-11-20T15:00:00Z",
         *       "ended_at": "2026-11-20T15:00:01Z",
         *       "last_status": 204,
         *       "last_error": null
         *     }
         */
        Delivery: {
            /**
             * Format: uuid
             * @description Its id in this log.
             */
            id: string;
            /** @description Its `webhook-id`. */
            message_id: string;
            /** @description Its position in the ledger. */
            position: number;
            /** @description The kind of thing; `webhook` for a test. */
            kind: string;
            /** @description `not_told`: when it was to be sent, the program might not be told of it. */
            state: components["schemas"]["DeliveryState"];
            /** @description The number of tries. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was made (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it is tried next (UTC), if it is `pending`.
             */
            due_at: string;
            /**
             * Format: date-time
             * @description When it ended (UTC).
             */
            ended_at: string | null;
            /** @description The last answer's status. */
            last_status: number | null;
            /** @description Why the last try failed. */
            last_error: components["schemas"]["DeliveryError"] | null;
        };
        /**
         * @description Why the last try failed.
         * @enum {string}
         */
        DeliveryError: "address_refused" | "unreachable" | "timed_out" | "status";
        /**
         * @description The life of a message.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "failed" | "not_told";
        /**
         * @description A chart's end. Nothing of it can be read any more, by anybody.
         * @example {
         *       "patient_id": "019ab0de-0000-7000-8000-000000000004",
         *       "erased_at": "2026-11-20T09:00:00Z"
         *     }
         */
        Erasure: {
            /**
             * Format: uuid
             * @description The chart. Its id stays in the ledger.
             */
            patient_id: string;
            /**
             * Format: date-time
             * @description When its key was destroyed (UTC).
             */
            erased_at: string;
        };
        /**
         * @description The identity of a member of staff at the external issuer.
         * @example {
         *       "subject": "248289761001"
         *     }
         */
        ExternalIdentitySet: {
            /** @description The `sub` of this person's tokens; only a keyed digest of it is stored. */
            subject: string;
        };
        /**
         * @description The kinds of matters that keep a chart from being erased.
         * @enum {string}
         */
        HoldReason: "litigation" | "court_order" | "investigation" | "complaint" | "audit" | "other";
        /**
         * @description The code of an invitation or of a password reset, and the password the person chose.
         * @example {
         *       "code": "AZqw3gAAcACAAAAAAAAAAQ-one-time-code",
         *       "password": "nine-lamps-beside-a-ferry"
         *     }
         */
        InvitationAccept: {
            /** @description From the invitation, with or without the blanks around it. */
            code: string;
            password: components["schemas"]["FieldPassword"];
        };
        /**
         * @description A text of yours that was overwritten while a legal hold stood.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000050",
         *       "kind": "note",
         *       "subject_id": "019ab0de-0000-7000-8000-000000000007",
         *       "kept_at": "2026-11-20T09:00:00Z",
         *       "content": {
         *         "data": "Slept badly."
         *       }
         *     }
         */
        KeptContent: {
            /**
             * Format: uuid
             * @description Identifier of what was kept.
             */
            id: string;
            /** @description The kind of thing whose text it is. */
            kind: components["schemas"]["KeptKind"];
            /**
             * Format: uuid
             * @description The thing itself.
             */
            subject_id: string;
            /**
             * Format: date-time
             * @description When it was overwritten (UTC).
             */
            kept_at: string;
            /** @description The fields as they were; of a note, its sections. */
            content: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * @description The kinds of things of which a legal hold keeps each content before it is overwritten.
         * @enum {string}
         */
        KeptKind: "reflection" | "note" | "plan" | "strategy" | "course" | "medicine" | "readiness";
        /**
         * @description A hold on a chart. Its id, times and version are the chart's.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000004",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-20T09:00:00Z",
         *       "version": 2,
         *       "reason": "litigation",
         *       "reference": "Docket 26-CV-0117",
         *       "note": "Counsel asked for everything to be kept.",
         *       "held_at": "2026-11-20T09:00:00Z",
         *       "held_by_id": "019ab0de-0000-7000-8000-000000000002"
         *     }
         */
        LegalHold: components["schemas"]["Resource"] & {
            /** @description The kind of matter. */
            reason: components["schemas"]["HoldReason"];
            /** @description The place of the matter, such as a docket number. Encrypted. */
            reference: string;
            /** @description Further remarks. Encrypted. */
            note: string | null;
            /**
             * Format: date-time
             * @description Since when (UTC).
             */
            held_at: string;
            /**
             * Format: uuid
             * @description The account that set it last.
             */
            held_by_id: string;
        };
        /**
         * @description Why a chart must not be erased.
         * @example {
         *       "reason": "litigation",
         *       "reference": "Docket 26-CV-0117",
         *       "note": "Counsel asked for everything to be kept."
         *     }
         */
        LegalHoldSet: {
            /** @description The kind of matter. */
            reason: components["schemas"]["HoldReason"];
            /** @description The place of the matter, such as a docket number. Encrypted. */
            reference: string;
            /** @description Further remarks. Encrypted. */
            note?: string | null;
        };
        /**
         * @description Why nothing is sent.
         * @enum {string}
         */
        OffReason: "by_admin" | "gone" | "failing";
        AccountPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Account"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        DeliveryPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Delivery"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        KeptContentPage: {
            /** @description In the list's order. */
            items: components["schemas"]["KeptContent"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        ServiceAccountPage: {
            /** @description In the list's order. */
            items: components["schemas"]["ServiceAccount"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        WebhookPage: {
            /** @description In the list's order. */
            items: components["schemas"]["Webhook"][];
            next_cursor: components["schemas"]["FieldNextCursor"];
        };
        /**
         * @description A program of the clinic's own.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000012",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "name": "Front desk",
         *       "scopes": [
         *         "patient:list",
         *         "patient:read"
         *       ],
         *       "state": "active",
         *       "previous_secret_ends_at": null
         *     }
         */
        ServiceAccount: components["schemas"]["Resource"] & {
            /** @description The name of the program. */
            name: string;
            scopes: components["schemas"]["FieldScopes"];
            /** @description `disabled` cannot get tokens, and those that it has stop working. */
            state: components["schemas"]["AccountState"];
            previous_secret_ends_at: components["schemas"]["FieldPreviousSecretEndsAt"];
        };
        /**
         * @description A new program, and what it may do.
         * @example {
         *       "name": "Front desk",
         *       "scopes": [
         *         "patient:list",
         *         "patient:read"
         *       ]
         *     }
         */
        ServiceAccountCreate: {
            /**
             * Format: uuid
             * @description Id of it, if you choose it; the program's `client_id`.
             */
            id?: string | null;
            /** @description The name of the program. */
            name: string;
            scopes: components["schemas"]["FieldScopes2"];
        };
        /**
         * @description A program, with a new secret. It is shown only here.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-000000000012",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "name": "Front desk",
         *       "scopes": [
         *         "patient:list",
         *         "patient:read"
         *       ],
         *       "state": "active",
         *       "previous_secret_ends_at": null,
         *       "client_secret": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-program"
         *     }
         */
        ServiceAccountSecret: components["schemas"]["ServiceAccount"] & {
            /** @description Keep it where only the program can read it. */
            client_secret: string;
        };
        /**
         * @description The fields that an admin can change. Scopes and state hold from the program's next request.
         * @example {
         *       "scopes": [
         *         "patient:list"
         *       ]
         *     }
         */
        ServiceAccountUpdate: {
            /** @description The name of the program. */
            name?: string;
            scopes?: components["schemas"]["FieldScopes2"];
            /** @description Disable, or enable again. */
            state?: components["schemas"]["SettableAccountState"];
        };
        /**
         * @description A short access token. There is no refresh token: ask for the next one with the secret.
         * @example {
         *       "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
         *       "token_type": "Bearer",
         *       "expires_in": 900,
         *       "scopes": [
         *         "patient:list",
         *         "patient:read"
         *       ]
         *     }
         */
        ServiceToken: components["schemas"]["AccessToken"] & {
            /** @description The actions it may take. */
            scopes: components["schemas"]["ServiceScope"][];
        };
        /**
         * @description The program's id and secret.
         * @example {
         *       "client_id": "019ab0de-0000-7000-8000-000000000012",
         *       "client_secret": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-program"
         *     }
         */
        ServiceTokenCreate: {
            /**
             * Format: uuid
             * @description The service account.
             */
            client_id: string;
            /** @description Its secret. */
            client_secret: string;
        };
        /**
         * @description A webhook.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "account_id": "019ab0de-0000-7000-8000-000000000012",
         *       "url": "https://hooks.example.org/journal",
         *       "kinds": [
         *         "session"
         *       ],
         *       "state": "active",
         *       "off_reason": null,
         *       "failing_since": null,
         *       "previous_secret_ends_at": null
         *     }
         */
        Webhook: components["schemas"]["Resource"] & {
            /**
             * Format: uuid
             * @description The service account.
             */
            account_id: string;
            /** @description Its address: https, by a public name. */
            url: string;
            kinds: components["schemas"]["FieldKinds"];
            /** @description `off`: nothing is sent. */
            state: components["schemas"]["WebhookState"];
            /** @description Why it is off. */
            off_reason: components["schemas"]["OffReason"] | null;
            /**
             * Format: date-time
             * @description Since when no message has arrived (UTC).
             */
            failing_since: string | null;
            previous_secret_ends_at: components["schemas"]["FieldPreviousSecretEndsAt2"];
        };
        /**
         * @description A new webhook.
         * @example {
         *       "account_id": "019ab0de-0000-7000-8000-000000000012",
         *       "url": "https://hooks.example.org/journal",
         *       "kinds": [
         *         "session"
         *       ]
         *     }
         */
        WebhookCreate: {
            id?: components["schemas"]["FieldId2"];
            /**
             * Format: uuid
             * @description The service account.
             */
            account_id: string;
            /** @description Its address: https, by a public name. */
            url: string;
            kinds: components["schemas"]["FieldKinds2"];
        };
        /**
         * @description From where to send again.
         * @example {
         *       "position": 12
         *     }
         */
        WebhookReplay: {
            /** @description All after this `position` of the log is sent again. */
            position: number;
        };
        /**
         * @description A webhook with a new secret. It is shown only here.
         * @example {
         *       "id": "019ab0de-0000-7000-8000-0000000000aa",
         *       "created_at": "2026-11-02T09:00:00Z",
         *       "updated_at": "2026-11-02T09:00:00Z",
         *       "version": 1,
         *       "account_id": "019ab0de-0000-7000-8000-000000000012",
         *       "url": "https://hooks.example.org/journal",
         *       "kinds": [
         *         "session"
         *       ],
         *       "state": "active",
         *       "off_reason": null,
         *       "failing_since": null,
         *       "previous_secret_ends_at": null,
         *       "secret": "whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXM="
         *     }
         */
        WebhookSecret: components["schemas"]["Webhook"] & {
            /** @description The key of the signatures. */
            secret: string;
        };
        /**
         * @description Whether messages are sent.
         * @enum {string}
         */
        WebhookState: "active" | "off";
        /**
         * @description The fields that an admin can change.
         * @example {
         *       "state": "off"
         *     }
         */
        WebhookUpdate: {
            /** @description Its address: https, by a public name. */
            url?: string;
            kinds?: components["schemas"]["FieldKinds2"];
            /** @description Turn it off, or on again. */
            state?: components["schemas"]["WebhookState"];
        };
        /** @enum {string} */
        StaffRole: "clinic_admin" | "therapist" | "prescriber" | "supervisor" | "auditor" | "privacy_officer";
        /** @enum {string} */
        SettableAccountState: "active" | "disabled";
        /** @enum {string} */
        ServiceScope: "clinic:read" | "account:list" | "account:read" | "invitation:create" | "patient:list" | "patient:search" | "patient:read" | "patient:update" | "care_team:list" | "care_team:add" | "care_team:end" | "changes:patient" | "changes:care_team" | "changes:course" | "changes:session" | "changes:medicine" | "changes:note" | "changes:reflection" | "changes:plan" | "changes:practice";
        /** @description All that the account may be. */
        FieldRoles: components["schemas"]["StaffRole"][];
        /** @description All that it may do, as little as it needs; anything else is refused with 403. */
        FieldScopes: components["schemas"]["ServiceScope"][];
        /**
         * Format: date-time
         * @description Until when the secret before the current one works too (UTC); null if there was none.
         */
        FieldPreviousSecretEndsAt: string | null;
        /** @description All that it may do, as little as it needs; anything else is refused with 403. */
        FieldScopes2: components["schemas"]["ServiceScope"][];
        /** @description The kinds of changes; the program needs the scope `changes:…` of each. */
        FieldKinds: ("patient" | "care_team" | "course" | "session" | "medicine" | "note" | "reflection" | "plan" | "practice")[];
        /**
         * Format: date-time
         * @description Until when messages are signed with the secret before, too (UTC).
         */
        FieldPreviousSecretEndsAt2: string | null;
        /** @description The kinds of changes; the program needs the scope `changes:…` of each. */
        FieldKinds2: ("patient" | "care_team" | "course" | "session" | "medicine" | "note" | "reflection" | "plan" | "practice")[];
    };
    responses: {
        /** @description No Content */
        204: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Not Modified */
        304: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Unauthorized: `help-needs-sign-in`, `refresh-token-spent`, `second-factor-needed`, `second-factor-wrong`, `sign-in-ended`, `support-ended`, `token-expired`, `token-invalid`, `unauthenticated`, `wrong-secret`, `wrong-sign-in` */
        401: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HelpNeedsSignInProblem"] | components["schemas"]["SecondFactorNeededProblem"] | components["schemas"]["SupportEndedProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden: `emergency-barred`, `emergency-only`, `forbidden`, `licence-ended`, `no-mental-health-licence`, `not-by-program`, `not-on-care-team`, `not-the-author`, `not-your-draft`, `not-your-own`, `not-your-own-emergency`, `not-your-own-grant`, `not-your-own-roles`, `own-note`, `second-factor-required`, `step-up-required`, `wrong-proof` */
        403: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found: `not-found` */
        404: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict: `address-in-use`, `already-extended`, `already-on-team`, `already-open`, `already-read`, `already-reviewed`, `already-shared`, `already-submitted`, `altered-state-hold`, `attachments-closed`, `attachments-full`, `chart-attachments-full`, `conflict`, `cosign-needed`, `cosigned-note`, `digest-differs`, `dose-held`, `email-taken`, `emergency-not-needed`, `emergency-opened`, `goal-rated`, `grant-stands`, `hold-closed`, `id-taken`, `illegal-course-step`, `illegal-transition`, `invitation-spent`, `kept-both`, `last-dose`, `last-factor`, `late-entry-reason-needed`, `legal-hold`, `newer-safety-plan`, `no-address`, `no-bar`, `no-external-issuer`, `no-factor`, `no-remote-record`, `no-rems-form`, `no-strategies`, `no-supervisor`, `not-complete`, `not-dosing`, `not-handed-over`, `not-provable`, `not-sealed-yet`, `not-shared`, `not-submitted`, `note-in-error`, `note-not-signed`, `note-not-waiting`, `note-signed`, `nothing-to-reset`, `nothing-to-review`, `owner-of-clinic`, `passkey-taken`, `plan-never-agreed`, `psychotherapy-note-signed`, `rems-form-incomplete`, `request-answered`, `request-in-progress`, `retention`, `revision-changed`, `safety-plan-not-draft`, `safety-plan-not-in-force`, `sections-missing`, `session-closed`, `session-not-over`, `session-not-started`, `settled-by-step`, `shown-once`, `strategies-incomplete`, `subject-taken`, `superseded`, `too-many-addenda`, `too-many-factors`, `too-many-grants`, `too-many-statements`, `too-many-strategies`, `too-many-tokens`, `unfit-image`, `upload-complete`, `upload-incomplete`, `upload-received`, `vital-differs`, `waiting-for-other-side` */
        409: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AlreadyReadProblem"] | components["schemas"]["AlteredStateHoldProblem"] | components["schemas"]["DoseHeldProblem"] | components["schemas"]["EmergencyOpenedProblem"] | components["schemas"]["IllegalCourseStepProblem"] | components["schemas"]["IllegalPlanStepProblem"] | components["schemas"]["IllegalSessionStepProblem"] | components["schemas"]["KeptBothProblem"] | components["schemas"]["NotCompleteProblem"] | components["schemas"]["NoteInErrorProblem"] | components["schemas"]["NoteNotSignedProblem"] | components["schemas"]["NoteNotWaitingProblem"] | components["schemas"]["NoteSignedProblem"] | components["schemas"]["RemsFormIncompleteProblem"] | components["schemas"]["StillKeptProblem"] | components["schemas"]["SectionsMissingProblem"] | components["schemas"]["StrategiesIncompleteProblem"] | components["schemas"]["VitalDiffersProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Gone: `cursor-expired`, `gone` */
        410: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity: `idempotency-key-reused`, `invalid`, `not-a-code` */
        422: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["SupportInvalidProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests: `too-many-requests` */
        429: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["SupportWaitsProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable: `overloaded`, `too-many-streams`, `unavailable` */
        503: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["SupportUnavailableProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description OK */
        "200.AccessToken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccessToken"];
            };
        };
        /** @description OK */
        "200.Account": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Account"];
            };
        };
        /** @description OK */
        "200.AmendmentRequest": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AmendmentRequest"];
            };
        };
        /** @description OK */
        "200.Attachment": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Attachment"];
            };
        };
        /** @description OK */
        "200.Clinic": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Clinic"];
            };
        };
        /** @description OK */
        "200.Course": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Course"];
            };
        };
        /** @description OK */
        "200.Disclosure": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Disclosure"];
            };
        };
        /** @description OK */
        "200.EmergencyAccess": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["EmergencyAccess"];
            };
        };
        /** @description OK */
        "200.Goal": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Goal"];
            };
        };
        /** @description OK */
        "200.Health": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Health"];
            };
        };
        /** @description OK */
        "200.Medicine": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Medicine"];
            };
        };
        /** @description OK */
        "200.Note": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Note"];
            };
        };
        /** @description OK */
        "200.PasskeyOptions": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PasskeyOptions"];
            };
        };
        /** @description OK */
        "200.Patient": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Patient"];
            };
        };
        /** @description OK */
        "200.PatientPage": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PatientPage"];
            };
        };
        /** @description OK */
        "200.Plan": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        /** @description OK */
        "200.Practice": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Practice"];
            };
        };
        /** @description OK */
        "200.PsychotherapyNoteItem": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PsychotherapyNoteItem"];
            };
        };
        /** @description OK */
        "200.Reflection": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Reflection"];
            };
        };
        /** @description OK */
        "200.SafetyPlan": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SafetyPlan"];
            };
        };
        /** @description OK */
        "200.Session": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Session"];
            };
        };
        /** @description OK */
        "200.SessionPage": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionPage"];
            };
        };
        /** @description OK */
        "200.Worklist": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Worklist"];
            };
        };
        /** @description Created */
        "201.Attachment": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                Location: components["headers"]["Location"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Attachment"];
            };
        };
        /** @description Created */
        "201.Invitation": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Invitation"];
            };
        };
        /** @description Created */
        "201.TokenPair": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenPair"];
            };
        };
        /** @description Any other problem: `forbidden`, `internal`, `invalid`, `malformed`, `not-found`, `overloaded`, `second-factor-required`, `sign-in-ended`, `token-expired`, `token-invalid`, `too-many-requests`, `unauthenticated`, `unavailable` */
        default: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `forbidden`, `idempotency-key-reused`, `internal`, `invalid`, `malformed`, `not-found`, `overloaded`, `request-in-progress`, `second-factor-required`, `sign-in-ended`, `token-expired`, `token-invalid`, `too-many-requests`, `unauthenticated`, `unavailable` */
        "default.key": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `forbidden`, `idempotency-key-reused`, `internal`, `invalid`, `malformed`, `not-found`, `overloaded`, `request-in-progress`, `second-factor-required`, `sign-in-ended`, `token-expired`, `token-invalid`, `too-large`, `too-many-requests`, `unauthenticated`, `unavailable`, `unsupported-media-type` */
        "default.key.body": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `forbidden`, `idempotency-key-reused`, `internal`, `invalid`, `malformed`, `not-found`, `overloaded`, `request-in-progress`, `second-factor-required`, `sign-in-ended`, `stale-version`, `token-expired`, `token-invalid`, `too-large`, `too-many-requests`, `unauthenticated`, `unavailable`, `unsupported-media-type`, `version-required` */
        "default.key.body.version": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate.optional"];
                ETag: components["headers"]["ETag.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["StaleVersionProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `forbidden`, `idempotency-key-reused`, `internal`, `invalid`, `malformed`, `not-found`, `overloaded`, `request-in-progress`, `second-factor-required`, `sign-in-ended`, `stale-version`, `token-expired`, `token-invalid`, `too-many-requests`, `unauthenticated`, `unavailable`, `version-required` */
        "default.key.version": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate.optional"];
                ETag: components["headers"]["ETag.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["StaleVersionProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `internal`, `invalid`, `malformed`, `overloaded`, `unavailable` */
        "default.public": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: `internal`, `invalid`, `malformed`, `overloaded`, `too-large`, `unavailable`, `unsupported-media-type` */
        "default.public.body": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After.optional"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description OK */
        "200.AdverseEvent": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AdverseEvent"];
            };
        };
        /** @description OK */
        "200.AdverseEventPage": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AdverseEventPage"];
            };
        };
        /** @description OK */
        "200.Assessment": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Assessment"];
            };
        };
        /** @description OK */
        "200.Discharge": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Discharge"];
            };
        };
        /** @description OK */
        "200.Dose": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Dose"];
            };
        };
        /** @description OK */
        "200.ObserverWatch": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ObserverWatch"];
            };
        };
        /** @description OK */
        "200.Order": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        /** @description OK */
        "200.Readiness": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Readiness"];
            };
        };
        /** @description OK */
        "200.RemoteSession": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RemoteSession"];
            };
        };
        /** @description OK */
        "200.RemsForm": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RemsForm"];
            };
        };
        /** @description OK */
        "200.VitalPage": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VitalPage"];
            };
        };
        /** @description OK */
        "200.LegalHold": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["LegalHold"];
            };
        };
    };
    parameters: {
        /**
         * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
         * @example 9f1c7a52-evening-entry
         */
        "Idempotency-Key": string;
        /**
         * @description The ETag you read; the change is made only to that version.
         * @example "3-9f1c7a52"
         */
        "If-Match": string;
        /**
         * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
         * @example "3-9f1c7a52"
         */
        "If-None-Match": string;
        /** @description `keep_both`: what comes too late is kept as a second draft (409 `kept-both`). Needs an `Idempotency-Key`. */
        "On-Conflict": components["schemas"]["OnConflict"];
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        account_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        amendment_request_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        attachment_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        course_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        disclosure_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        emergency_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        factor_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        goal_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        medicine_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        note_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        patient_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        plan_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        practice_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        psychotherapy_note_id: string;
        /** @description Then or later. */
        "query.after": string;
        /** @description Before then. */
        "query.before": string;
        /** @description Only of this course. */
        "query.course_id": string;
        /** @description Only made at this instant or later. */
        "query.created_after": string;
        /** @description Only made before this instant. */
        "query.created_before": string;
        /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
        "query.cursor": string;
        /** @description Only these, at most 100, with commas between; without other filters. */
        "query.ids": string;
        /** @description The number of items, at most 100. */
        "query.limit": number;
        /** @description Only this patient's. */
        "query.patient_id": string;
        /** @description Only of this session. */
        "query.session_id": string;
        /** @description Those that count no more, instead of the others. */
        "query.withdrawn": boolean;
        /** @description Only by `happened_at`, from this instant on. */
        "query.written_after": string;
        /** @description Only by `happened_at`, before this instant. */
        "query.written_before": string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        reflection_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        safety_plan_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        session_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        strategy_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        adverse_event_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        dose_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        order_id: string;
        /**
         * @description Its id.
         * @example 019ab0de-0000-7000-8000-000000000004
         */
        webhook_id: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The version of the resource. Send it as `If-Match` with a change of it.
         * @example "3-9f1c7a52"
         */
        ETag: string;
        /**
         * @description The version of the resource. Send it as `If-Match` with a change of it.
         * @example "3-9f1c7a52"
         */
        "ETag.optional": string;
        /**
         * @description `true` if this is the stored response to an earlier request with the same Idempotency-Key.
         * @example true
         */
        "Idempotency-Replayed": "true";
        /**
         * @description The address of the created resource.
         * @example /v1/things/019ab0de-0000-7000-8000-000000000004
         */
        Location: string;
        /**
         * @description The seconds to wait before trying again.
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description The seconds to wait before trying again.
         * @example 1
         */
        "Retry-After.optional": number;
        /**
         * @description `Bearer`; with `error` and `error_description` if a token was refused (RFC 6750).
         * @example Bearer
         */
        "WWW-Authenticate": string;
        /**
         * @description `Bearer`; with `error` and `error_description` if a token was refused (RFC 6750).
         * @example Bearer
         */
        "WWW-Authenticate.optional": string;
        /**
         * @description The id of this request: the one you sent, or one made here. Give it when you report a fault.
         * @example 5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Health"];
            /** @description `invalid` */
            422: components["responses"]["422"];
            default: components["responses"]["default.public"];
        };
    };
    read_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Health"];
            /** @description `invalid` */
            422: components["responses"]["422"];
            default: components["responses"]["default.public"];
        };
    };
    read_version: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `invalid` */
            422: components["responses"]["422"];
            default: components["responses"]["default.public"];
        };
    };
    list_notices: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    mark_inbox_read: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key"];
        };
    };
    read_left_worklist: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Worklist"];
            /** @description `not-handed-over` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    complete_task: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `request-in-progress`, `settled-by-step` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    read_clinic: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Clinic"];
            304: components["responses"]["304"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    update_clinic: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClinicUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Clinic"];
            429: components["responses"]["429"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_crisis_resources: {
        parameters: {
            query?: {
                /** @description ISO 3166-1 alpha-2; the clinic's if signed in. */
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CrisisResources"];
                };
            };
            /** @description `invalid` */
            422: components["responses"]["422"];
            default: components["responses"]["default.public"];
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            201: components["responses"]["201.TokenPair"];
            /** @description `second-factor-needed`, `second-factor-wrong`, `wrong-sign-in` */
            401: components["responses"]["401"];
            /** @description `invalid`, `not-a-code` */
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public.body"];
        };
    };
    offer_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.PasskeyOptions"];
            /** @description `invalid` */
            422: components["responses"]["422"];
            default: components["responses"]["default.public"];
        };
    };
    sign_in_with_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignIn"];
            };
        };
        responses: {
            201: components["responses"]["201.TokenPair"];
            /** @description `wrong-sign-in` */
            401: components["responses"]["401"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public.body"];
        };
    };
    step_up: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepUp"];
            };
        };
        responses: {
            200: components["responses"]["200.AccessToken"];
            /** @description `forbidden`, `second-factor-required`, `wrong-proof` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            default: components["responses"]["default.key.body"];
        };
    };
    refresh_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            201: components["responses"]["201.TokenPair"];
            /** @description `refresh-token-spent`, `sign-in-ended`, `token-invalid` */
            401: components["responses"]["401"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public.body"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            429: components["responses"]["429"];
            default: components["responses"]["default.key"];
        };
    };
    read_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    list_factors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factors"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    add_totp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpAdd"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpBegun"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `shown-once`, `too-many-factors` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    confirm_totp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                factor_id: components["parameters"]["factor_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpConfirm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAdded"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required`, `wrong-proof` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            default: components["responses"]["default.key.body"];
        };
    };
    offer_new_passkey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.PasskeyOptions"];
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `too-many-factors` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    add_passkey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyAdd"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAdded"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required`, `wrong-proof` */
            403: components["responses"]["403"];
            /** @description `passkey-taken`, `request-in-progress`, `shown-once`, `too-many-factors` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    remove_factor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                factor_id: components["parameters"]["factor_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `last-factor`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    make_recovery_codes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `no-factor`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    list_sign_ins: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevicePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    end_sign_ins: {
        parameters: {
            query?: {
                /** @description End also the sign-in that you ask with. */
                this_one_too?: boolean;
            };
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            429: components["responses"]["429"];
            default: components["responses"]["default.key"];
        };
    };
    end_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                sign_in_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key"];
        };
    };
    list_patients: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.PatientPage"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_patient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    search_patients: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientSearch"];
            };
        };
        responses: {
            200: components["responses"]["200.PatientPage"];
            429: components["responses"]["429"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_patient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Patient"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_patient: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Patient"];
            /** @description `emergency-only`, `forbidden`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `address-in-use`, `email-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_care_team: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareTeamMemberPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    add_care_team_member: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CareTeamAdd"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareTeamMember"];
                };
            };
            /** @description `emergency-only`, `forbidden`, `not-by-program`, `not-your-own-grant`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `already-on-team`, `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    end_care_team_member: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                member_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `emergency-only`, `forbidden`, `second-factor-required` */
            403: components["responses"]["403"];
            default: components["responses"]["default.key.version"];
        };
    };
    create_invitation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCreate"];
            };
        };
        responses: {
            201: components["responses"]["201.Invitation"];
            /** @description `emergency-only`, `forbidden`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `already-open`, `email-taken`, `no-address`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_patient_account: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Account"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            200: components["responses"]["200.AccessToken"];
            /** @description `forbidden`, `second-factor-required`, `step-up-required`, `wrong-proof` */
            403: components["responses"]["403"];
            default: components["responses"]["default.key.body"];
        };
    };
    create_password_reset: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["201.Invitation"];
            /** @description `emergency-only`, `forbidden`, `not-your-own`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `nothing-to-reset`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    ask_for_help: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpAnswer"];
                };
            };
            /** @description `help-needs-sign-in`, `sign-in-ended`, `token-expired`, `token-invalid`, `unauthenticated` */
            401: components["responses"]["401"];
            default: components["responses"]["default.key"];
        };
    };
    open_emergency_access: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmergencyOpen"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyAccess"];
                };
            };
            /** @description `emergency-barred`, `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `emergency-not-needed`, `emergency-opened`, `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_emergency_accesses: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyAccessPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    review_emergency_access: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                emergency_id: components["parameters"]["emergency_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmergencyReview"];
            };
        };
        responses: {
            200: components["responses"]["200.EmergencyAccess"];
            /** @description `forbidden`, `not-your-own-emergency`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `already-reviewed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    lift_emergency_bar: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                emergency_id: components["parameters"]["emergency_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.EmergencyAccess"];
            /** @description `forbidden`, `not-your-own-emergency`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `no-bar`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    list_courses: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only in this state. */
                state?: components["schemas"]["CourseState"];
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoursePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_course: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CourseCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_course: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                course_id: components["parameters"]["course_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Course"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_course: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                course_id: components["parameters"]["course_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CourseUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Course"];
            /** @description `illegal-course-step`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_sessions: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this course. */
                course_id?: components["parameters"]["query.course_id"];
                /** @description Only of this phase. */
                phase?: components["schemas"]["Phase"];
                /** @description Only in this state. */
                state?: components["schemas"]["SessionState"];
                /** @description Only those that this account planned. */
                planned_by_id?: string;
                /** @description Planned to start then or later. */
                starts_after?: string;
                /** @description Planned to start before then. */
                starts_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
                /** @description `asc`: the earliest first. */
                order?: components["schemas"]["SortOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.SessionPage"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_session: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Session"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Session"];
            /** @description `not-complete`, `request-in-progress`, `session-closed` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_session_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.SessionPage"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    start_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionStart"];
            };
        };
        responses: {
            200: components["responses"]["200.Session"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    complete_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionComplete"];
            };
        };
        responses: {
            200: components["responses"]["200.Session"];
            /** @description `illegal-transition`, `not-complete`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    cancel_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionCancel"];
            };
        };
        responses: {
            200: components["responses"]["200.Session"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    no_show_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionNoShow"];
            };
        };
        responses: {
            200: components["responses"]["200.Session"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_medicines: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this kind. */
                kind?: components["schemas"]["MedicineKind"];
                /** @description Those that were withdrawn, instead of the others. */
                withdrawn?: boolean;
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MedicinePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_medicine: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MedicineCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Medicine"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_medicine: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                medicine_id: components["parameters"]["medicine_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Medicine"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_medicine: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                medicine_id: components["parameters"]["medicine_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MedicineUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Medicine"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    withdraw_medicine: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                medicine_id: components["parameters"]["medicine_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.Medicine"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_notes: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only about this session. */
                session_id?: string;
                /** @description Only in this state. */
                state?: components["schemas"]["NoteState"];
                /** @description Only of this format. */
                format?: components["schemas"]["NoteFormat"];
                /** @description Only by `happened_at`, from this instant on. */
                written_after?: components["parameters"]["query.written_after"];
                /** @description Only by `happened_at`, before this instant. */
                written_before?: components["parameters"]["query.written_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteItemPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_note: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_note: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Note"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    delete_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `cosign-needed`, `note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    update_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description `keep_both`: what comes too late is kept as a second draft (409 `kept-both`). Needs an `Idempotency-Key`. */
                "On-Conflict"?: components["parameters"]["On-Conflict"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `cosign-needed`, `kept-both`, `note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    sign_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NoteSign"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `licence-ended`, `not-the-author`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `cosign-needed`, `late-entry-reason-needed`, `no-supervisor`, `note-signed`, `request-in-progress`, `sections-missing`, `session-not-over` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    cosign_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `licence-ended`, `own-note`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `note-in-error`, `note-not-waiting`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    return_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteReason"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `own-note`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `note-in-error`, `note-not-waiting`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    add_note_addendum: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteAddendumCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteAddendum"];
                };
            };
            /** @description `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `cosigned-note`, `id-taken`, `note-in-error`, `note-not-signed`, `request-in-progress`, `too-many-addenda` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    amend_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteAmend"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `licence-ended`, `not-the-author`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `cosigned-note`, `note-in-error`, `note-not-signed`, `request-in-progress`, `sections-missing` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    enter_note_in_error: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteReason"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `note-in-error`, `note-not-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    file_note_unsigned: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteReason"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `note-in-error`, `note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    add_note_disagreement: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteDisagree"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `note-not-signed`, `request-in-progress`, `too-many-statements` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    read_note_diff: {
        parameters: {
            query?: {
                /** @description The earlier one; absent: the one before. 0: nothing written. */
                from_number?: number;
                /** @description The later one; absent: the present one. */
                to_number?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteDiff"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_note_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteVersionPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    read_note_proof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteProof"];
                };
            };
            /** @description `not-provable`, `not-sealed-yet`, `note-not-signed` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    set_note_sharing: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteSetSharing"];
            };
        };
        responses: {
            200: components["responses"]["200.Note"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `note-in-error`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_amendment_requests: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only about this note. */
                note_id?: string;
                /** @description Only in this state. */
                state?: components["schemas"]["AmendmentState"];
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AmendmentRequestPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_amendment_request: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendmentRequestCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AmendmentRequest"];
                };
            };
            /** @description `id-taken`, `note-not-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_amendment_request: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                amendment_request_id: components["parameters"]["amendment_request_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.AmendmentRequest"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    accept_amendment_request: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                amendment_request_id: components["parameters"]["amendment_request_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendmentRequestAccept"];
            };
        };
        responses: {
            200: components["responses"]["200.AmendmentRequest"];
            /** @description `request-answered`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    deny_amendment_request: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                amendment_request_id: components["parameters"]["amendment_request_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendmentRequestDeny"];
            };
        };
        responses: {
            200: components["responses"]["200.AmendmentRequest"];
            /** @description `request-answered`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    extend_amendment_request: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                amendment_request_id: components["parameters"]["amendment_request_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendmentRequestExtend"];
            };
        };
        responses: {
            200: components["responses"]["200.AmendmentRequest"];
            /** @description `already-extended`, `request-answered`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_disclosures: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Those that count no more, instead of the others. */
                withdrawn?: components["parameters"]["query.withdrawn"];
                /** @description Only told then or later. */
                disclosed_after?: string;
                /** @description Only told before then. */
                disclosed_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisclosurePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    record_disclosure: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_disclosure: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                disclosure_id: components["parameters"]["disclosure_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Disclosure"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    withdraw_disclosure: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                disclosure_id: components["parameters"]["disclosure_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.Disclosure"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    create_psychotherapy_note: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PsychotherapyNoteCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PsychotherapyNoteItem"];
                };
            };
            /** @description `forbidden`, `licence-ended`, `no-mental-health-licence`, `not-on-care-team`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_psychotherapy_notes: {
        parameters: {
            query?: {
                /** @description Only about this patient. */
                patient_id?: string;
                /** @description Those of others that you were granted, not yours. */
                granted?: boolean;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PsychotherapyNoteItemPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_psychotherapy_note: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PsychotherapyNote"];
                };
            };
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    delete_psychotherapy_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `legal-hold`, `psychotherapy-note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    update_psychotherapy_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PsychotherapyNoteUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.PsychotherapyNoteItem"];
            /** @description `legal-hold`, `psychotherapy-note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    sign_psychotherapy_note: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.PsychotherapyNoteItem"];
            /** @description `forbidden`, `licence-ended`, `no-mental-health-licence`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `psychotherapy-note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    list_psychotherapy_note_grants: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PsychotherapyGrantPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    add_psychotherapy_note_grant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PsychotherapyGrantCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PsychotherapyGrantItem"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `grant-stands`, `request-in-progress`, `too-many-grants` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    revoke_psychotherapy_note_grant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                psychotherapy_note_id: components["parameters"]["psychotherapy_note_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key"];
        };
    };
    list_prompt_sets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptSets"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    list_reflections: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this session. */
                session_id?: components["parameters"]["query.session_id"];
                /** @description Only in this state. */
                state?: components["schemas"]["ReflectionState"];
                /** @description Only private, or only shared ones. */
                sharing?: components["schemas"]["Sharing"];
                /** @description Only of this kind. */
                kind?: components["schemas"]["ReflectionKind"];
                /** @description Only by `happened_at`, from this instant on. */
                written_after?: components["parameters"]["query.written_after"];
                /** @description Only by `happened_at`, before this instant. */
                written_before?: components["parameters"]["query.written_before"];
                /** @description `summary`: without text, and for staff no reading. */
                view?: components["schemas"]["ReflectionView"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_reflection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReflectionCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reflection"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    search_reflections: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReflectionSearch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionSummaryPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_reflection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Reflection"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    delete_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `already-shared`, `altered-state-hold`, `legal-hold`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    update_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description `keep_both`: what comes too late is kept as a second draft (409 `kept-both`). Needs an `Idempotency-Key`. */
                "On-Conflict"?: components["parameters"]["On-Conflict"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReflectionUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Reflection"];
            /** @description `kept-both`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    submit_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReflectionSubmit"];
            };
        };
        responses: {
            200: components["responses"]["200.Reflection"];
            /** @description `already-submitted`, `altered-state-hold`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    share_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReflectionShare"];
            };
        };
        responses: {
            200: components["responses"]["200.Reflection"];
            /** @description `already-shared`, `altered-state-hold`, `not-submitted`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    unshare_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Reflection"];
            /** @description `already-read`, `altered-state-hold`, `not-shared`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    review_reflection: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Reflection"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key.version"];
        };
    };
    list_reflection_replies: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    reply_reflection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reply"];
                };
            };
            /** @description `id-taken`, `not-shared`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_reflection_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionVersionPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_attachments: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only on this note. */
                note_id?: string;
                /** @description Only on this reflection. */
                reflection_id?: string;
                /** @description Only added at this instant or later. */
                created_after?: string;
                /** @description Only added before this instant. */
                created_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_note_attachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                note_id: components["parameters"]["note_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentCreate"];
            };
        };
        responses: {
            201: components["responses"]["201.Attachment"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `attachments-full`, `chart-attachments-full`, `id-taken`, `note-in-error`, `note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    create_reflection_attachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                reflection_id: components["parameters"]["reflection_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentCreate"];
            };
        };
        responses: {
            201: components["responses"]["201.Attachment"];
            /** @description `attachments-closed`, `attachments-full`, `chart-attachments-full`, `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_attachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                attachment_id: components["parameters"]["attachment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Attachment"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    delete_attachment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                attachment_id: components["parameters"]["attachment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `altered-state-hold`, `attachments-closed`, `legal-hold`, `note-in-error`, `note-signed`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    add_attachment_part: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                attachment_id: components["parameters"]["attachment_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentPartCreate"];
            };
        };
        responses: {
            200: components["responses"]["200.Attachment"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `attachments-closed`, `note-in-error`, `note-signed`, `request-in-progress`, `upload-complete`, `upload-received` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    complete_attachment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                attachment_id: components["parameters"]["attachment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Attachment"];
            /** @description `forbidden`, `not-the-author`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `attachments-closed`, `digest-differs`, `note-in-error`, `note-signed`, `request-in-progress`, `unfit-image`, `upload-complete`, `upload-incomplete` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    read_attachment_content: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes, to go on with a download that broke off. Others are ignored. */
                Range?: string;
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                attachment_id: components["parameters"]["attachment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `upload-incomplete` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    list_strategy_library: {
        parameters: {
            query?: {
                /** @description Only this kind. */
                category?: components["schemas"]["StrategyCategory"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryEntryPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    add_strategy_library_entry: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LibraryEntryCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryEntry"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_goals: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this course. */
                course_id?: components["parameters"]["query.course_id"];
                /** @description The withdrawn goals, instead of those that count. */
                withdrawn?: boolean;
                /** @description Only written at this instant or later. */
                created_after?: string;
                /** @description Only written before this instant. */
                created_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoalPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_goal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoalCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Goal"];
                };
            };
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_goal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                goal_id: components["parameters"]["goal_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Goal"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_goal: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                goal_id: components["parameters"]["goal_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoalUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Goal"];
            /** @description `goal-rated`, `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    withdraw_goal: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                goal_id: components["parameters"]["goal_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoalWithdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.Goal"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_goal_ratings: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                goal_id: components["parameters"]["goal_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoalRatingPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    rate_goal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                goal_id: components["parameters"]["goal_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoalRate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoalRating"];
                };
            };
            /** @description `id-taken`, `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_attainment: {
        parameters: {
            query?: {
                /** @description Only those of this course. */
                course_id?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attainment"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_plans: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only in this state. */
                state?: components["schemas"]["PlanState"];
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanListItemPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_plan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `id-taken`, `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_plan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    propose_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `altered-state-hold`, `illegal-transition`, `no-strategies`, `request-in-progress`, `strategies-incomplete` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    accept_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanAccept"];
            };
        };
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `altered-state-hold`, `illegal-transition`, `request-in-progress`, `revision-changed`, `waiting-for-other-side` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    decline_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlanDecline"];
            };
        };
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `illegal-transition`, `request-in-progress`, `waiting-for-other-side` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    pause_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    resume_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    complete_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    archive_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Plan"];
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    read_plan_diff: {
        parameters: {
            query?: {
                /** @description The earlier one. Absent: the last that was kept before; if there is none, the replaced plan. */
                from_revision?: number;
                /** @description The later one; absent: the present. */
                to_revision?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanDiff"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_plan_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanVersionPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_occurrences: {
        parameters: {
            query: {
                /** @description The first day, in the patient's time zone. */
                from: string;
                /** @description The last day; at most 62 in all. */
                to: string;
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Occurrences"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_strategies: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategyPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    add_strategy: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StrategyCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Strategy"];
                };
            };
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `id-taken`, `illegal-transition`, `request-in-progress`, `too-many-strategies` */
            409: components["responses"]["409"];
            /** @description `gone` */
            410: components["responses"]["410"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    remove_strategy: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                strategy_id: components["parameters"]["strategy_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    update_strategy: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                strategy_id: components["parameters"]["strategy_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StrategyUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Strategy"];
                };
            };
            /** @description `forbidden`, `not-your-draft`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `illegal-transition`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_practices: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this plan. */
                plan_id?: string;
                /** @description Only of this strategy, in all versions of its plan so far. */
                strategy_id?: string;
                /** @description Only in this state: unless you ask, those that count. */
                state?: components["schemas"]["PracticeState"];
                /** @description Only uses at this instant or later. */
                used_after?: string;
                /** @description Only uses before this instant. */
                used_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PracticePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    log_practice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PracticeLog"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Practice"];
                };
            };
            /** @description `id-taken`, `plan-never-agreed`, `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_practice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                practice_id: components["parameters"]["practice_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Practice"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    withdraw_practice: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                practice_id: components["parameters"]["practice_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Practice"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    read_plan_effects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                plan_id: components["parameters"]["plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanEffects"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_safety_plans: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only in this state. */
                state?: components["schemas"]["SafetyPlanState"];
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SafetyPlanPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_safety_plan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SafetyPlanCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SafetyPlan"];
                };
            };
            /** @description `id-taken`, `newer-safety-plan`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_safety_plan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                safety_plan_id: components["parameters"]["safety_plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.SafetyPlan"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    confirm_safety_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                safety_plan_id: components["parameters"]["safety_plan_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.SafetyPlan"];
            /** @description `altered-state-hold`, `request-in-progress`, `safety-plan-not-draft` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    review_safety_plan: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                safety_plan_id: components["parameters"]["safety_plan_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SafetyPlanReview"];
            };
        };
        responses: {
            200: components["responses"]["200.SafetyPlan"];
            /** @description `request-in-progress`, `safety-plan-not-in-force` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    read_patient_safety_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientSafetyPlan"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    compare_safety_plans: {
        parameters: {
            query: {
                /** @description The earlier version. */
                from_number: number;
                /** @description The later version. */
                to_number: number;
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SafetyPlanDifference"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    read_my_safety_plan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySafetyPlan"];
                };
            };
            304: components["responses"]["304"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_safety_plan_token: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SafetyPlanToken"];
                };
            };
            /** @description `request-in-progress`, `shown-once`, `too-many-tokens` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    read_timeline: {
        parameters: {
            query?: {
                /** @description Only of these kinds, with commas between. */
                kind?: string;
                /** @description Only from this instant on. */
                from?: string;
                /** @description Only before this instant. */
                to?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineItemPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    search_chart: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: number;
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChartSearch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_threads: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: number;
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    read_worklist: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Worklist"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_inbox: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxItemPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_chart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chart"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_changes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the answer before; without one, each thing there is. */
                cursor?: string;
                /** @description Only of this chart; a cursor goes with the same chart. */
                patient_id?: string;
                /** @description The most changes, at most 500. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                };
            };
            /** @description `cursor-expired` */
            410: components["responses"]["410"];
            default: components["responses"]["default"];
        };
    };
    send_batch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncBatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncResults"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default.key.body"];
        };
    };
    stream_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event, or `next_cursor` of `/changes`; without it, what changes from now on. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: AQAAAAAAAAZk
                     *     data: {"kind":"session","id":"019ab0de-0000-7000-8000-000000000004","patient_id":"019ab0de-0000-7000-8000-000000000003","change":"changed","at":"2026-11-20T15:00:00Z","until":null}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description `cursor-expired` */
            410: components["responses"]["410"];
            503: components["responses"]["503"];
            default: components["responses"]["default"];
        };
    };
    read_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarStatus"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_calendar: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarAddress"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    delete_calendar: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            429: components["responses"]["429"];
            default: components["responses"]["default.key"];
        };
    };
    fetch_calendar: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description The secret.
                 * @example AZq
                 */
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example BEGIN:VCALENDAR
                     *     VERSION:2.0
                     *     END:VCALENDAR
                     */
                    "text/calendar": string;
                };
            };
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public"];
        };
    };
    list_ledger: {
        parameters: {
            query?: {
                /** @description Only in this patient's chart. */
                patient_id?: string;
                /** @description Only by this account. */
                actor_id?: string;
                /** @description Only this kind of event. */
                event?: components["schemas"]["EventName"];
                /** @description Then or later. */
                after?: components["parameters"]["query.after"];
                /** @description Before then. */
                before?: components["parameters"]["query.before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_access_log: {
        parameters: {
            query?: {
                /** @description True: without what you did yourself. */
                others?: boolean;
                /** @description Then or later. */
                after?: components["parameters"]["query.after"];
                /** @description Before then. */
                before?: components["parameters"]["query.before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_readiness_check: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Readiness"];
            304: components["responses"]["304"];
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    update_readiness_check: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadinessUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Readiness"];
            /** @description `emergency-only`, `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `not-dosing`, `request-in-progress`, `session-closed` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_readiness_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessPage"];
                };
            };
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    list_dose_holds: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoseHoldPage"];
                };
            };
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    release_dose_hold: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                hold_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoseHoldRelease"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoseHold"];
                };
            };
            /** @description `emergency-only`, `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `hold-closed`, `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_orders: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only in this state. */
                state?: components["schemas"]["OrderState"];
                /** @description Only made at this instant or later. */
                created_after?: components["parameters"]["query.created_after"];
                /** @description Only made before this instant. */
                created_before?: components["parameters"]["query.created_before"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_order: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description `emergency-only`, `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_order: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                order_id: components["parameters"]["order_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Order"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    withdraw_order: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                order_id: components["parameters"]["order_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderWithdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.Order"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_doses: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this session. */
                session_id?: components["parameters"]["query.session_id"];
                /** @description Only by this route. */
                route?: components["schemas"]["DoseRoute"];
                /** @description Those that count no more, instead of the others. */
                withdrawn?: components["parameters"]["query.withdrawn"];
                /** @description Only given then or later. */
                given_after?: string;
                /** @description Only given before then. */
                given_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DosePage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_dose: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoseCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dose"];
                };
            };
            /** @description `dose-held`, `id-taken`, `not-dosing`, `request-in-progress`, `session-not-started`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_dose: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                dose_id: components["parameters"]["dose_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Dose"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    withdraw_dose: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                dose_id: components["parameters"]["dose_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.Dose"];
            /** @description `last-dose`, `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_vitals: {
        parameters: {
            query?: {
                /** @description Only of this field. */
                field?: components["schemas"]["VitalField"];
                /** @description Those that count no more, instead of the others. */
                withdrawn?: components["parameters"]["query.withdrawn"];
                /** @description Only taken then or later. */
                taken_after?: string;
                /** @description Only taken before then. */
                taken_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.VitalPage"];
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    record_vitals: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VitalBatch"];
            };
        };
        responses: {
            200: components["responses"]["200.VitalPage"];
            /** @description `not-dosing`, `request-in-progress`, `vital-differs` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    withdraw_vital: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                vital_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vital"];
                };
            };
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_adverse_events: {
        parameters: {
            query?: {
                /** @description Only this patient's. */
                patient_id?: components["parameters"]["query.patient_id"];
                /** @description Only of this session. */
                session_id?: components["parameters"]["query.session_id"];
                /** @description Only of this kind. */
                kind?: components["schemas"]["AdverseEventKind"];
                /** @description Those that count no more, instead of the others. */
                withdrawn?: components["parameters"]["query.withdrawn"];
                /** @description Only begun then or later. */
                onset_after?: string;
                /** @description Only begun before then. */
                onset_before?: string;
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
                /** @description Only these, at most 100, with commas between; without other filters. */
                ids?: components["parameters"]["query.ids"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.AdverseEventPage"];
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_adverse_event: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdverseEventCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdverseEvent"];
                };
            };
            /** @description `id-taken`, `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_adverse_event: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                adverse_event_id: components["parameters"]["adverse_event_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.AdverseEvent"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_adverse_event: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                adverse_event_id: components["parameters"]["adverse_event_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdverseEventUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.AdverseEvent"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_adverse_event_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                adverse_event_id: components["parameters"]["adverse_event_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.AdverseEventPage"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    review_adverse_event: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                adverse_event_id: components["parameters"]["adverse_event_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.AdverseEvent"];
            /** @description `emergency-only`, `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `nothing-to-review`, `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    withdraw_adverse_event: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                adverse_event_id: components["parameters"]["adverse_event_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            200: components["responses"]["200.AdverseEvent"];
            /** @description `request-in-progress`, `superseded` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    read_assessment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Assessment"];
            304: components["responses"]["304"];
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    update_assessment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssessmentUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Assessment"];
            /** @description `not-dosing`, `request-in-progress`, `session-closed` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    list_assessment_versions: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPage"];
                };
            };
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    read_discharge: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Discharge"];
            304: components["responses"]["304"];
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    update_discharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DischargeUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Discharge"];
            /** @description `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    override_discharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DischargeOverride"];
            };
        };
        responses: {
            200: components["responses"]["200.Discharge"];
            /** @description `emergency-only`, `forbidden`, `licence-ended`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    read_rems_form: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.RemsForm"];
            304: components["responses"]["304"];
            /** @description `no-rems-form`, `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    update_rems_form: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemsAnswers"];
            };
        };
        responses: {
            200: components["responses"]["200.RemsForm"];
            /** @description `no-rems-form`, `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    submit_rems_form: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemsSubmit"];
            };
        };
        responses: {
            200: components["responses"]["200.RemsForm"];
            /** @description `no-rems-form`, `not-dosing`, `rems-form-incomplete`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    read_remote_session: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.RemoteSession"];
            304: components["responses"]["304"];
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    update_remote_session: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoteRecord"];
            };
        };
        responses: {
            200: components["responses"]["200.RemoteSession"];
            /** @description `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    create_support_token: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupportTokenCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportToken"];
                };
            };
            /** @description `no-remote-record`, `not-dosing`, `request-in-progress`, `session-closed`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    delete_support_token: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `no-remote-record`, `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key"];
        };
    };
    read_observer_watch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.ObserverWatch"];
            /** @description `no-remote-record`, `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    record_link_events: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkEventBatch"];
            };
        };
        responses: {
            200: components["responses"]["200.ObserverWatch"];
            /** @description `id-taken`, `no-remote-record`, `not-dosing`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    record_observer_checks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObserverBatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObserverAnswer"];
                };
            };
            /** @description Bad Request: `malformed` */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SupportBrokenProblem"] | components["schemas"]["Problem"];
                };
            };
            /** @description `support-ended` */
            401: components["responses"]["401"];
            /** @description Request Entity Too Large: `too-large` */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SupportTooLargeProblem"] | components["schemas"]["Problem"];
                };
            };
            /** @description `invalid` */
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            /** @description `overloaded`, `unavailable` */
            503: components["responses"]["503"];
            default: components["responses"]["default.public.body"];
        };
    };
    read_dose_brief: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                session_id: components["parameters"]["session_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoseBrief"];
                };
            };
            /** @description `not-dosing` */
            409: components["responses"]["409"];
            default: components["responses"]["default"];
        };
    };
    list_instruments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instruments"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    read_instrument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The instrument.
                 * @example phq9
                 */
                instrument_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinedInstrument"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    list_accounts: {
        parameters: {
            query?: {
                /** @description Only those with this role. */
                role?: components["schemas"]["StaffRole"];
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_account: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `email-taken`, `id-taken`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    read_account: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.Account"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    update_account: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountUpdate"];
            };
        };
        responses: {
            200: components["responses"]["200.Account"];
            /** @description `forbidden`, `not-your-own-roles`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `owner-of-clinic`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    set_external_identity: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExternalIdentitySet"];
            };
        };
        responses: {
            200: components["responses"]["200.Account"];
            /** @description `forbidden`, `not-your-own-roles`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `conflict`, `no-external-issuer`, `request-in-progress`, `subject-taken` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    remove_external_identity: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            /** @description `forbidden`, `not-your-own-roles`, `second-factor-required` */
            403: components["responses"]["403"];
            /** @description `conflict`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationAccept"];
            };
        };
        responses: {
            204: components["responses"]["204"];
            /** @description `invitation-spent` */
            409: components["responses"]["409"];
            /** @description `invalid`, `not-a-code` */
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public.body"];
        };
    };
    create_service_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceTokenCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceToken"];
                };
            };
            /** @description `wrong-secret` */
            401: components["responses"]["401"];
            429: components["responses"]["429"];
            default: components["responses"]["default.public.body"];
        };
    };
    list_service_accounts: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccountPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_service_account: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceAccountCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccountSecret"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `id-taken`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    update_service_account: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceAccountUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccount"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `conflict`, `request-in-progress` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    rotate_service_account_secret: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                account_id: components["parameters"]["account_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccountSecret"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `conflict`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    list_webhooks: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            429: components["responses"]["429"];
            default: components["responses"]["default"];
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `id-taken`, `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.body"];
        };
    };
    update_webhook: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                webhook_id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    rotate_webhook_secret: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                webhook_id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `request-in-progress`, `shown-once` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
    send_test_event: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                webhook_id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default.key"];
        };
    };
    replay_webhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                webhook_id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            204: components["responses"]["204"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key.body"];
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                webhook_id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    read_patient_hold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have; if it is still the same, the response is 304 without a body.
                 * @example "3-9f1c7a52"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200.LegalHold"];
            304: components["responses"]["304"];
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    hold_patient: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LegalHoldSet"];
            };
        };
        responses: {
            200: components["responses"]["200.LegalHold"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key.body.version"];
        };
    };
    release_patient: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["204"];
            404: components["responses"]["404"];
            default: components["responses"]["default.key.version"];
        };
    };
    list_kept_contents: {
        parameters: {
            query?: {
                /** @description The number of items, at most 100. */
                limit?: components["parameters"]["query.limit"];
                /** @description `next_cursor` of the page before; opaque. It goes with the same filters. */
                cursor?: components["parameters"]["query.cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptContentPage"];
                };
            };
            404: components["responses"]["404"];
            default: components["responses"]["default"];
        };
    };
    erase_patient: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag you read; the change is made only to that version.
                 * @example "3-9f1c7a52"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /**
                 * @description Send the same key with every retry of one request. It is done once, and a retry gets the first response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.
                 * @example 9f1c7a52-evening-entry
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /**
                 * @description Its id.
                 * @example 019ab0de-0000-7000-8000-000000000004
                 */
                patient_id: components["parameters"]["patient_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description `forbidden`, `second-factor-required`, `step-up-required` */
            403: components["responses"]["403"];
            /** @description `legal-hold`, `request-in-progress`, `retention` */
            409: components["responses"]["409"];
            default: components["responses"]["default.key.version"];
        };
    };
}
