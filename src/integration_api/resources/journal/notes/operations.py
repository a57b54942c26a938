"""Operations on notes."""

from integration_api.access.operations import AUTHORS, CLINICIANS, PATIENT, SUPERVISORS, TEAM, Operation

READ_AS = ("DocumentReference", "Composition", "Provenance")
"""The types of FHIR as which programs read them."""
LIST_NOTES = Operation("note:list", "note.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_NOTE = Operation("note:create", "note.created", CLINICIANS)
READ_NOTE = Operation("note:read", "note.read", PATIENT | TEAM, programs_read=READ_AS)
UPDATE_NOTE = Operation("note:update", "note.updated", AUTHORS)
DELETE_NOTE = Operation("note:delete", "note.deleted", AUTHORS)
SIGN_NOTE = Operation("note:sign", "note.signed", AUTHORS)
COSIGN_NOTE = Operation("note:cosign", "note.cosigned", SUPERVISORS)
RETURN_NOTE = Operation("note:return", "note.returned", SUPERVISORS)
ADD_NOTE_ADDENDUM = Operation("note:add_addendum", "note.addendum_added", TEAM)
AMEND_NOTE = Operation("note:amend", "note.amended", AUTHORS)
ENTER_NOTE_IN_ERROR = Operation("note:enter_in_error", "note.entered_in_error", AUTHORS | SUPERVISORS)
LIST_NOTE_VERSIONS = Operation("note:list_versions", "note.versions_listed", PATIENT | TEAM)
READ_NOTE_DIFF = Operation("note:compare", "note.compared", PATIENT | TEAM)
READ_NOTE_PROOF = Operation("note:read_proof", "note.proof_read", PATIENT | TEAM)
SET_NOTE_SHARING = Operation("note:set_sharing", "note.sharing_set", AUTHORS | SUPERVISORS)
ADD_NOTE_DISAGREEMENT = Operation("note:add_disagreement", "note.disagreement_added", PATIENT)
FILE_NOTE_UNSIGNED = Operation("note:file_unsigned", "note.filed_unsigned", SUPERVISORS)
