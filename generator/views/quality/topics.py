"""What there is a leaderboard of: each task that tests have, and what people prefer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.ability import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What models are compared by: a task of tests, ability in general, or a category of people's votes.

    `need` is the named need whose work is priced; `votes` the category, empty where tests decide; `task` None
    for ability in general.
    """

    id: str
    title: str
    need: str
    task: Task | None = None
    votes: str = ""

    @property
    def measure(self) -> str:
        """What its figures are called."""
        return "Rating" if self.votes else "Ability"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A page of leaderboards; it is about the first of them, or `alike` about all."""

    path: str
    title: str
    about: str
    topics: tuple[Topic, ...]
    alike: bool = False

    @property
    def main(self) -> tuple[Topic, ...]:
        """The topics that are shown whole."""
        return () if self.alike else self.topics[:1]


#: Languages in which Arena's dataset has votes, by its categories.
LANGUAGES: Mapping[str, str] = {
    name: f"In {name}" for name in ("Chinese", "French", "German", "Japanese", "Korean", "Russian", "Spanish")
}
#: Ability in general.
OVERALL = Topic(id="overall", title="Overall", need="default")
PAGES = (
    TopicPage(
        path="/leaderboards/",
        title="Overall",
        about="How able models are over all tests together",
        topics=(OVERALL,),
    ),
    TopicPage(
        path="/leaderboards/coding/",
        title="Coding",
        about="How able models are at writing and mending code",
        topics=(
            Topic(id="coding", title="Coding", need="coding", task=Task.CODE),
            Topic(
                id="websites",
                title="Websites and apps, by votes",
                need="coding",
                votes="Building websites and apps",
            ),
        ),
    ),
    TopicPage(
        path="/leaderboards/agents/",
        title="Agents",
        about="How able models are at long work with tools: a terminal, a browser, a desk",
        topics=(Topic(id="agents", title="Agents and tools", need="coding", task=Task.AGENTS),),
    ),
    TopicPage(
        path="/leaderboards/reasoning/",
        title="Reasoning",
        about="How able models are at mathematics, science and puzzles",
        topics=(
            Topic(id="reasoning", title="Reasoning and maths", need="default", task=Task.REASONING),
            Topic(
                id="experts", title="Experts’ questions, by votes", need="default", votes="Expert questions"
            ),
        ),
    ),
    TopicPage(
        path="/leaderboards/writing/",
        title="Writing and chat",
        about="Whose answers people prefer",
        topics=(
            Topic(id="chat", title="Chat, by votes", need="support", votes="Everything (overall)"),
            Topic(id="writing", title="Creative writing, by votes", need="support", votes="Creative writing"),
        ),
    ),
    TopicPage(
        path="/leaderboards/vision/",
        title="Vision",
        about="How able models are at reading pictures, charts and pages",
        topics=(
            Topic(id="vision", title="Vision", need="invoices", task=Task.VISION),
            Topic(id="images", title="Images, by votes", need="invoices", votes="Understanding images"),
            Topic(
                id="documents", title="Documents, by votes", need="invoices", votes="Understanding documents"
            ),
        ),
    ),
    TopicPage(
        path="/leaderboards/languages/",
        title="Languages",
        about="Whose answers people prefer in languages other than English",
        alike=True,
        topics=tuple(
            Topic(id=name.lower(), title=name, need="translation", votes=category)
            for name, category in LANGUAGES.items()
        ),
    ),
)

#: The needs whose work is priced.
NEEDS = tuple(dict.fromkeys(topic.need for page in PAGES for topic in page.topics))
