"""Protections of attachments: who reads one, what is kept of it, and what becomes of its bytes."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM = "resources/journal/attachments/"
_OVER_HTTP = "tests/resources/journal/test_attachments.py"
_OBJECTS = "tests/resources/journal/test_attachment_objects.py"
_IMAGES = "tests/resources/journal/test_attachment_images.py"
_STORES = "tests/storage/test_objects.py"

ATTACHING = (
    mutant(
        "an attachment is read whatever its note or reflection is",
        _ROOM + "statements.py",
        "_readable",
        Replace("_of_parent(notes.readable(_notes), reflections.readable(_reflections))", "sa.true()"),
        _OVER_HTTP,
    ),
    mutant(
        "an attachment is shown before it is whole",
        _ROOM + "statements.py",
        "_readable",
        Replace("sa.or_(_is_ready, _is_mine)", "sa.true()"),
        _OVER_HTTP,
    ),
    mutant(
        "a signed note takes attachments",
        _ROOM + "service.py",
        "create_note_attachment",
        Replace("NoteStep.UPDATE", "NoteStep.ADD_ADDENDUM"),
        _OVER_HTTP,
    ),
    mutant(
        "a shared reflection takes attachments",
        _ROOM + "service.py",
        "create_reflection_attachment",
        Skip("ParentClosed"),
        _OVER_HTTP,
    ),
    mutant(
        "what is shared or signed loses attachments",
        _ROOM + "service.py",
        "_open_parent",
        Skip("ParentClosed"),
        _OVER_HTTP,
    ),
    mutant(
        "a download of an entry counts as no reading",
        _ROOM + "service.py",
        "read_attachment_content",
        Skip("open_reflection"),
        _OVER_HTTP,
    ),
    mutant(
        "a legal hold lets attachments go",
        _ROOM + "service.py",
        "delete_attachment",
        Skip("OnHold"),
        _OVER_HTTP,
    ),
    mutant(
        "a deleted reflection leaves its attachments",
        "resources/journal/reflections/service.py",
        "delete_reflection",
        Drop("DELETE_ATTACHMENTS"),
        _OVER_HTTP,
    ),
    mutant(
        "a file may be of any type",
        _ROOM + "service.py",
        "add_attachment_part",
        Replace("not begins_as(row.content_type, data)", "False"),
        _OVER_HTTP,
    ),
    mutant(
        "an image may have any size",
        _ROOM + "rules.py",
        "max_bytes",
        Replace("MAX_IMAGE_BYTES", "MAX_BYTES"),
        _OVER_HTTP,
    ),
    mutant(
        "another digest is as good",
        _ROOM + "sealed_parts.py",
        "checked",
        Replace("row.sha256 not in {None, digest.hexdigest()}", "False"),
        _OVER_HTTP,
    ),
    mutant(
        "an image keeps its metadata",
        _ROOM + "rules.py",
        "IMAGES",
        Drop("PNG"),
        _OVER_HTTP,
    ),
    mutant(
        "a JPEG keeps segments that nobody named",
        _ROOM + "image_metadata.py",
        "_kept_segment",
        Replace("body if is_kept else None", "body"),
        _IMAGES,
    ),
    mutant(
        "a JPEG keeps a thumbnail",
        _ROOM + "image_metadata.py",
        "_kept_segment",
        Replace("body[:_JFIF_BYTES - 2] + b'\\x00\\x00'", "body"),
        _IMAGES,
    ),
    mutant(
        "a frame of an animation keeps its metadata",
        _ROOM + "image_metadata.py",
        "_frame",
        Replace("chunk[:4] in _FRAME_KEPT", "True"),
        _IMAGES,
    ),
    mutant(
        "an image of empty segments takes seconds",
        _ROOM + "image_metadata.py",
        "_Stream",
        Skip("BrokenImage"),
        _IMAGES,
    ),
    mutant(
        "a photograph loses its orientation",
        _ROOM + "image_metadata.py",
        "_kept_segment",
        Replace("marker == _APP1 and body.startswith(_EXIF)", "False"),
        _IMAGES,
    ),
    mutant(
        "a part opens at any place",
        _ROOM + "sealed_parts.py",
        "Parts",
        Replace(
            "associated_data(_TABLE, part_id, 'objects', number, (self.row.id, is_last))",
            "associated_data(_TABLE, self.row.id, 'objects')",
        ),
        _OBJECTS,
    ),
    mutant(
        "the last parts may be left out",
        _ROOM + "sealed_parts.py",
        "Parts",
        Replace("(self.row.id, is_last)", "(self.row.id,)"),
        _OBJECTS,
    ),
    mutant(
        "a part is kept as it came",
        _ROOM + "sealed_parts.py",
        "Parts",
        Replace("self.store.put(self._name(part_id), sealed)", "self.store.put(self._name(part_id), data)"),
        _OBJECTS,
    ),
    mutant(
        "bytes of deleted attachments stay",
        _ROOM + "sweeper.py",
        "Sweeper",
        Skip("delete", "orphans"),
        _OBJECTS,
    ),
    mutant(
        "the sweep takes what other databases keep",
        _ROOM + "sweeper.py",
        "Sweeper",
        Replace("name.clinic_id in ours and made_at(name.part_id) < before", "made_at(name.part_id) < before"),
        _OBJECTS,
    ),
    mutant(
        "the sweep takes what a request still writes",
        _ROOM + "sweeper.py",
        "Sweeper",
        Replace("name.clinic_id in ours and made_at(name.part_id) < before", "name.clinic_id in ours"),
        _OBJECTS,
    ),
    mutant(
        "an upload waits for ever",
        _ROOM + "sweeper.py",
        "_expire",
        Skip("EXPIRE_UPLOAD"),
        _OBJECTS,
    ),
    mutant(
        "an upload that is completed meanwhile is forgotten all the same",
        _ROOM + "sweeper.py",
        "_expire",
        Replace(
            "work.change(sql.EXPIRE_UPLOAD, clinic_id=row.clinic_id, id=row.id, created_before=before)",
            "work.change(sql.EXPIRE_UPLOAD, rows=None, clinic_id=row.clinic_id, id=row.id, created_before=before)",
        ),
        _OBJECTS,
    ),
    mutant(
        "an error in one clinic stops the sweep of all",
        _ROOM + "sweeper.py",
        "Sweeper._forget",
        Replace("Exception", "KeyError"),
        _OBJECTS,
    ),
    mutant(
        "what was half written stays",
        "storage/objects.py",
        "FolderObjects._delete",
        Skip("_aside", "missing_ok"),
        _STORES,
    ),
    mutant(
        "an erased chart's bytes stay",
        "resources/oversight/retention/service.py",
        "erase_patient",
        Drop("FORGET_OBJECTS"),
        _OBJECTS,
    ),
    mutant(
        "an object may be lost with the power",
        "storage/objects.py",
        "FolderObjects",
        Skip("fsync"),
        _STORES,
    ),
)
