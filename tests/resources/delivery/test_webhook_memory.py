"""Webhooks know what they were told of: of its end they are told, and of nothing else."""

from datetime import timedelta

from tests.factories.feeds import seal
from tests.factories.hooks import Hooked
from tests.factories.receivers import status
from tests.factories.reflections import submitted
from tests.support import Json, enter_again


async def take_back(hooked: Hooked, entry: Json) -> Json:
    made: Json = await hooked.patient.post(f"/reflections/{entry['id']}/unshare", match=entry["version"], expect=200)
    return made


async def share_later(hooked: Hooked, entry: Json) -> None:
    """Let the patient share it again, to be released tomorrow."""
    body = {"release_at": (hooked.world.api.clock() + timedelta(days=1)).isoformat()}
    await hooked.patient.post(f"/reflections/{entry['id']}/share", body, match=entry["version"], expect=200)


async def test_what_is_taken_back_is_gone_for_a_program_that_was_told_of_it_alone(hooked: Hooked) -> None:
    hook = await hooked.hook(["reflection"])
    unsent, sent = [await submitted(hooked.patient, share=True) for _ in range(2)]
    await take_back(hooked, unsent)
    await hooked.deliver()
    assert hooked.receiver.told(hook["secret"]) == [("reflection", sent["id"], "changed")]
    taken_back = await take_back(hooked, sent)
    await hooked.deliver()
    assert hooked.receiver.told(hook["secret"])[1:] == [("reflection", sent["id"], "gone")]
    await share_later(hooked, taken_back)
    await hooked.deliver()
    assert len(hooked.receiver.got) == 2, "what stays hidden has no word"
    hooked.world.api.clock.advance(days=2)
    await hooked.deliver()
    assert hooked.receiver.told(hook["secret"])[2:] == [("reflection", sent["id"], "changed")]


async def test_what_was_taken_back_before_a_program_came_is_not_told_by_a_replay_either(hooked: Hooked) -> None:
    shared = await submitted(hooked.patient, share=True)
    await seal(hooked.world)
    taken_back = await take_back(hooked, shared)
    hook = await hooked.hook(["reflection"])
    await share_later(hooked, taken_back)
    await hooked.deliver()
    await hooked.world.admin.post(f"/webhooks/{hook['id']}/replay", {"position": 0}, expect=204)
    await hooked.deliver()
    assert hooked.receiver.got == []


async def test_an_answer_that_was_lost_is_no_reason_to_keep_an_entry(hooked: Hooked) -> None:
    hook = await hooked.hook(["reflection"])
    hooked.receiver.answers = [status(500)]
    shared = await submitted(hooked.patient, share=True)
    await hooked.deliver()
    await take_back(hooked, shared)
    hooked.world.api.clock.advance(minutes=1)
    await hooked.deliver()
    told = hooked.receiver.told(hook["secret"])
    assert (told[0][2], {word for _, _, word in told[1:]}) == ("changed", {"gone"})


async def test_a_program_is_told_of_the_end_of_what_has_left_the_log(hooked: Hooked) -> None:
    hook = await hooked.hook(["reflection"])
    shared = await submitted(hooked.patient, share=True)
    await hooked.deliver()
    hooked.world.api.clock.advance(days=31)
    for one in (hooked.patient, hooked.world.admin):
        await enter_again(one)
    await hooked.deliver()
    assert await hooked.log(hook) == []
    await take_back(hooked, shared)
    await hooked.deliver()
    assert hooked.receiver.told(hook["secret"])[1:] == [("reflection", shared["id"], "gone")]
