"""What the salesperson says next, with labels given and the word encoder as memory."""

from __future__ import annotations

from collections.abc import Sequence

from tests.talks import LabelsByCue, small_scenario, small_session
from trainer.salesperson.encoder import WordEncoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.scoring.score import score_turn
from trainer.session import typed
from trainer.types import Kind, Label, LabelledSegment, ManagerTurn, Mind, Outcome, Reply

HOW_WAS_IT = "open: How was the month for you?"


def answer(mind: Mind, text: str, seed: int = 0) -> Reply:
    salesperson = ScenarioSalesperson(small_scenario().file, WordEncoder(), seed=seed)
    turn = ManagerTurn(text)
    return salesperson.answer(mind, turn, score_turn(LabelsByCue(), turn))


def fresh(openness: float = 35, ownership: float = 30) -> Mind:
    return Mind(openness=openness, trust=40, ownership=ownership)


def test_a_question_is_answered_from_its_topic() -> None:
    assert answer(fresh(), "open: How are things in the team?").mind.topic == "team"
    assert answer(fresh(), HOW_WAS_IT).mind.topic == "month"


def test_a_layer_opens_only_after_the_one_above_however_open_they_are() -> None:
    first = answer(fresh(openness=95), HOW_WAS_IT)
    assert first.mind.revealed == frozenset()
    second = answer(first.mind, HOW_WAS_IT)
    assert second.mind.revealed == {"stopped_ringing"}
    third = answer(second.mind, HOW_WAS_IT)
    assert third.mind.revealed == {"stopped_ringing", "the_mail"}


def test_a_closed_person_stays_on_the_surface_and_does_not_repeat_themselves() -> None:
    first = answer(fresh(openness=5), "closed: How was the month?")
    second = answer(first.mind, "closed: How was the month?")
    assert first.text != second.text
    assert not second.mind.revealed


def test_being_heard_opens_the_next_layer_unasked() -> None:
    first = answer(fresh(openness=60), HOW_WAS_IT)
    heard = answer(first.mind, "reflect: So Norvik went silent.")
    assert heard.mind.revealed == {"stopped_ringing"}


def test_an_order_is_answered_as_an_order_even_with_a_question_behind_it() -> None:
    reply = answer(fresh(), "tell: Ring them today.")
    assert reply.mind.reaction == "told"
    assert reply.lines[0].id.startswith("reactions.told.")


def test_a_question_off_the_map_gets_a_line_that_stays_in_role() -> None:
    assert answer(fresh(), "open: Zebra xylophone quantum?").mind.reaction == "off_map"


def test_ideas_come_only_when_they_are_open_enough() -> None:
    ask = "open: What options do you see from here?"
    assert answer(fresh(openness=20), ask).mind.reaction == "not_yet"
    reply = answer(fresh(openness=70), ask)
    assert reply.mind.ideas == ("call_back",)


def test_an_idea_becomes_a_choice_becomes_a_commitment_becomes_the_good_ending() -> None:
    voiced = answer(fresh(openness=80, ownership=60), "open: What options do you see from here?")
    chosen = answer(voiced.mind, "open: Which of those will you go with?")
    assert chosen.mind.chosen == "call_back"
    done = answer(chosen.mind, "open: How will you hold yourself to that?")
    assert done.ended is Outcome.GOOD
    assert [line.id for line in done.lines] == ["ideas.call_back.commit.1", "endings.own_step.1"]


def test_an_idea_the_manager_named_first_is_credited_to_the_manager() -> None:
    told = answer(fresh(openness=80, ownership=80), "advise: ring Norvik and ask what went wrong?")
    assert told.mind.handed == {"call_back"}


def test_pushing_three_times_ends_the_talk_poorly() -> None:
    mind = fresh()
    for _ in range(2):
        reply = answer(mind, "tell: Do it.")
        assert reply.ended is None
        mind = reply.mind
    assert answer(mind, "lead: It was rushed, wasn't it?").ended is Outcome.POOR


def test_the_same_seed_gives_the_same_talk_and_another_seed_may_not() -> None:
    texts = [answer(fresh(), "tell: Do it.", seed=seed).text for seed in range(12)]
    assert texts == [answer(fresh(), "tell: Do it.", seed=seed).text for seed in range(12)]
    assert len(set(texts)) > 1


def test_reactions_come_round_again_only_when_all_were_said() -> None:
    mind, said = fresh(), []
    for _ in range(6):
        reply = answer(mind, "reflect: Mm.")
        said.append(reply.text)
        mind = reply.mind
    assert len(set(said[:3])) == 3


def test_a_whole_talk_is_deterministic() -> None:
    script = [HOW_WAS_IT, "reflect: It went quiet.", "tell: Ring them.", HOW_WAS_IT]

    def talk() -> list[str]:
        session = small_session()
        return [session.answer(typed(text)).reply.text for text in script]

    assert talk() == talk()


def having(**fields: object) -> ScenarioSalesperson:
    """Build the small scenario's salesperson with further reactions, endings or another kind."""
    file = small_scenario().file
    reactions = {k: v for k, v in fields.items() if k in type(file.reactions).model_fields}
    others = {k: v for k, v in fields.items() if k not in reactions}
    changed = file.model_copy(
        update={"reactions": file.reactions.model_copy(update=reactions), **others}
    )
    return ScenarioSalesperson(changed, WordEncoder())


def said_to(salesperson: ScenarioSalesperson, mind: Mind, text: str) -> Reply:
    turn = ManagerTurn(text)
    return salesperson.answer(mind, turn, score_turn(LabelsByCue(), turn))


def test_asked_to_say_it_again_they_say_it_again() -> None:
    first = answer(fresh(), HOW_WAS_IT)
    again = answer(first.mind, "open: Could you say that again, please?")
    assert again.lines == first.lines


def test_an_apology_after_a_push_is_heard_and_the_question_behind_it_answered() -> None:
    told = answer(fresh(), "tell: Do it.")
    sorry = answer(told.mind, "social: Sorry, that was my idea, not yours.")
    assert (told.mind.held, sorry.mind.held) == (1, 0)
    assert sorry.mind.reaction == "repaired"


def test_an_apology_without_a_push_before_it_is_small_talk() -> None:
    reply = answer(fresh(), "social: Sorry, that was my idea, not yours.")
    assert reply.mind.reaction == "greeted"


def test_business_of_their_own_in_the_middle_of_a_good_talk_is_noticed_as_a_switch() -> None:
    salesperson = having(switched=("Is this still my half hour?",))
    order = "tell: Headquarters needs spreadsheets tonight."
    good_talk = Mind(50, 50, 50, well_run=3)
    assert said_to(salesperson, good_talk, order).mind.reaction == "switched"
    assert said_to(salesperson, fresh(), order).mind.reaction == "told"
    assert answer(good_talk, order).mind.reaction == "told"


def test_stacked_questions_are_sent_back_and_the_next_time_the_last_is_answered() -> None:
    class ThreeOpen(LabelsByCue):
        def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
            asks = [f"open: {ask}?" for ask in turns[0].text.split("?") if ask.strip()]
            return [tuple(LabelledSegment.certain(a, Label.OPEN_QUESTION) for a in asks)]

    salesperson = having(stacked=("Which one?",))
    turn = ManagerTurn("What is new? Who is ill? How was the month for you?")
    score = score_turn(ThreeOpen(), turn)
    first = salesperson.answer(fresh(), turn, score)
    second = salesperson.answer(first.mind, turn, score)
    assert first.mind.reaction == "stacked"
    assert second.mind.topic == "month"


def test_a_decision_asked_for_twice_too_soon_gets_an_honest_no() -> None:
    salesperson = having(kind=Kind.ENROLLMENT, declined=("No. Not like this.",))
    ask = "open: So what will you do?"
    first = said_to(salesperson, fresh(openness=20), ask)
    second = said_to(salesperson, first.mind, ask)
    assert (first.mind.reaction, second.mind.reaction) == ("not_yet", "declined")
    assert second.mind.declined


def test_where_trust_is_low_the_no_is_not_said() -> None:
    salesperson = having(kind=Kind.ENROLLMENT, declined=("No. Not like this.",))
    distrusting = Mind(openness=20, trust=5, ownership=20, too_soon=2)
    reply = said_to(salesperson, distrusting, "closed: So what will you do?")
    assert reply.mind.reaction == "not_yet"


def test_met_with_small_sounds_they_go_on_by_themselves() -> None:
    first = answer(fresh(openness=20), HOW_WAS_IT)
    second = answer(first.mind, "social: Mm.")
    third = answer(second.mind, "social: Mm.")
    assert second.mind.reaction == "greeted"
    assert third.lines[0].id.startswith("topics.month.1.")


def test_lines_of_a_reaction_do_not_come_back_within_six_turns() -> None:
    mind, said = fresh(), []
    for _ in range(9):
        mind = answer(mind, "open: Zebra xylophone quantum?").mind
        said.append(mind.said[-1])
    assert all(line not in said[max(0, at - 6) : at] for at, line in enumerate(said))
