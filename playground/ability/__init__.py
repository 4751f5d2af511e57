"""What scores say of how able a model is, with its interval: read here, fitted in `generator/ability/`."""

from playground.ability.abilities import TIER_ODDS as TIER_ODDS
from playground.ability.abilities import Abilities as Abilities
from playground.ability.ability import Ability as Ability
from playground.ability.ability import Benchmark as Benchmark
from playground.ability.ability import Interval as Interval
from playground.ability.ability import Lean as Lean
from playground.ability.ability import Proof as Proof
from playground.ability.ability import Task as Task
from playground.ability.ability import TaskAbility as TaskAbility
from playground.ability.ability import Votes as Votes
from playground.ability.kinds import KIND_TESTS as KIND_TESTS
from playground.ability.kinds import LANGUAGE_TESTS as LANGUAGE_TESTS
from playground.ability.kinds import TASK_TESTS as TASK_TESTS
from playground.ability.kinds import KindTest as KindTest
from playground.ability.kinds import by_test as by_test
from playground.ability.kinds import followed as followed
from playground.ability.predecessor import predecessor as predecessor
from playground.ability.voted import voted_better as voted_better
from playground.ability.voted import voted_tiers as voted_tiers
from playground.ability.voted import votes_of as votes_of
from playground.ability.voted import with_votes as with_votes
from playground.ability.yardsticks import KNOWN as KNOWN
from playground.ability.yardsticks import yardstick as yardstick
