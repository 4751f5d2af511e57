"""Which language an answer is in, by its script and by the small words that every sentence needs.

It says nothing where that cannot tell: a text that is too short, or between languages that are close. Code
blocks and addresses are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from playground.evaluate.checks.arguments import text_of
from playground.evaluate.checks.check import Answer, ArgumentError, Verdict, failed, passed, quoted, unchecked

#: Small words by language: those that most sentences have, without those of one letter that many share.
_SMALL: Mapping[str, str] = {
    "en": "the of and to in is that it for was with as are this be by not or from but which have has you "
    "they an at on we can if all will their there what when would your our these been were how do "
    "does its he she",
    "de": "der die das und ist nicht ein eine zu mit den dem von auf für sich auch es dass wird sind im als "
    "bei nach wie aus oder einen haben werden durch zum zur aber kann wenn ich wir sie des war noch "
    "nur über um",
    "fr": "de en ils elles tous toutes à le la les des et est une dans pour que qui pas sur avec par plus "
    "ce au sont il elle nous vous ne se cette mais ou du aux ont être leur comme fait été peut sa son "
    "ses cet ces deux où si tout très un",
    "es": "de un los sus el las una que y es en por con para del se no su al lo como más pero le ha este "
    "entre cuando muy sin sobre también hasta hay donde desde todo nos todos uno ni ese son era fue "
    "está esta puede",
    "pt": "de um o os as uma que e é em por com para do da dos das se não ao como mais mas seus foi sua "
    "pela pelo são também está na no nas nos pode entre quando muito já sem sobre isso ele ela você "
    "seu à até",
    "it": "di e in i un il lo gli una che è per con del della dei delle si non al come più ma anche sono "
    "nel nella dal questo questa ha le alla essere suo sua tra loro cui quando molto può dalla stato "
    "ai da",
    "nl": "de het een en van is dat in te zijn op met voor niet aan er om ook als door naar bij uit maar "
    "worden wordt dit die hebben heeft kan over nog wat was deze meer zich tot ik je hij ze we geen "
    "of",
    "sv": "och att det som en på är av för med den till inte har om ett var jag från vi så kan men hans han "
    "hon de eller när ska vid där detta under också efter vara blir bli dem sig finns alla",
    "da": "og at det som en på er af for med den til ikke har om et var jeg fra vi så kan men han hun de "
    "eller når skal ved der dette under også efter være bliver dem sig hvad mange alle blev",
    "no": "og at det som en på er av for med den til ikke har om et var jeg fra vi så kan men han hun de "
    "eller når skal ved der dette under også etter være blir dem seg hva mange alle ble",
    "fi": "ja on ei että se hän oli ovat joka mutta kuin myös niin tai jos mitä kun ole voi sen ne tämä "
    "siitä olla hänen minä me he vain sekä joita jonka mukaan kanssa kaikki",
    "pl": "i w na z się nie to jest że do o jak ale po co tak za od przez jego być są dla oraz może tym lub "
    "który która które już tylko czy przy ten ta te jej ich został",
    "cs": "a v na se je to že s z do o k i ale jako za po od pro jsou by být které který která nebo bylo "
    "byl jeho také jen už mezi při aby není podle může",
    "ro": "de și în la cu pe este nu o un să din care pentru că mai sunt au fost se ce prin sau dar al lui "
    "ale între această acest fi avea după",
    "hu": "a az és hogy nem is egy ez meg de van volt csak el már ki ha mint vagy még lehet kell ezt azt "
    "minden össze való szerint között pedig",
    "tr": "ve bir bu için ile da de çok daha olarak olan gibi ne ya kadar değil en her var mi ama sonra "
    "göre ancak veya olduğu ise tarafından",
    "id": "yang dan di dengan untuk dari pada ini itu tidak adalah dalam akan ke juga atau oleh sebagai "
    "karena dapat telah bahwa ada mereka kami saya lebih",
    "vi": "và của là có được các cho trong một không người với những này đã từ khi để theo cũng vào ra đến "
    "hay như về tại",
    "ru": "и в не на что он с как это по но они к из у за от так же для все его бы то или был было быть "
    "есть она мы вы который также при если чтобы",
    "uk": "і в не на що він з як це та але вони до із у за від так же для все його би або був було бути є "
    "вона ми ви який також при якщо щоб",
    "bg": "и в не на че той с как това по но те към от за се да е са като или беше бъде тя ние вие който "
    "също при ако",
    "ar": "في من على إلى أن هذا هذه التي الذي كان كما هو هي ما لا مع عن بين قد كل أو لم ذلك بعد",
    "fa": "در از به که این است را با برای آن یک شود می بر تا یا هم شده کرد خود ما باید بود نیز",
    "ur": "کے میں کی ہے اور سے کا کو نے پر کہ یہ ہیں ایک جو بھی اس تو کر تھا گیا",
    "hi": "के में की है और से का को ने पर कि यह हैं एक जो भी इस तो कर था गया लिए नहीं",
    "mr": "आहे आणि या च्या मध्ये हे ते की तर नाही एक होते करण्यात आहेत असे त्या साठी",
}
#: What a language is called.
NAMES: Mapping[str, str] = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "fi": "Finnish",
    "pl": "Polish",
    "cs": "Czech",
    "ro": "Romanian",
    "hu": "Hungarian",
    "tr": "Turkish",
    "id": "Indonesian",
    "vi": "Vietnamese",
    "ru": "Russian",
    "uk": "Ukrainian",
    "bg": "Bulgarian",
    "ar": "Arabic",
    "fa": "Persian",
    "ur": "Urdu",
    "hi": "Hindi",
    "mr": "Marathi",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "th": "Thai",
    "el": "Greek",
    "he": "Hebrew",
    "bn": "Bengali",
    "ta": "Tamil",
    "te": "Telugu",
    "ka": "Georgian",
    "hy": "Armenian",
}
#: Scripts of one language here, by how Unicode calls their letters.
_ALONE = {
    "HANGUL": "ko",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_SHARED: Mapping[str, tuple[str, ...]] = {
    "CYRILLIC": ("ru", "uk", "bg"),
    "ARABIC": ("ar", "fa", "ur"),
    "DEVANAGARI": ("hi", "mr"),
}
_LATIN = tuple(code for code in _SMALL if not any(code in codes for codes in _SHARED.values()))
_SETS: Mapping[str, frozenset[str]] = {code: frozenset(text.split()) for code, text in _SMALL.items()}
#: Letters that are looked at, small words and letters that are enough, and how far the first must lead.
_LOOKED, _ENOUGH, _LETTERS, _LEAD = 20_000, 4, 8, 1.3
_LEFT_OUT = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+", re.S)


def language_of(text: str) -> tuple[str, str]:
    """The language's code, or none, and how that is known or why not."""
    text = unicodedata.normalize("NFC", _LEFT_OUT.sub(" ", text))[:_LOOKED]
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    count = scripts.total()
    if count < 2:
        return "", "it has no text to tell by"
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana + scripts["CJK"] > count / 2 and kana + scripts["CJK"] >= 4:
        code = "ja" if kana >= 0.1 * (kana + scripts["CJK"]) else "zh"
        return code, f"its letters are {NAMES[code]}"
    script, most = scripts.most_common(1)[0]
    if most <= count / 2:
        return "", "it mixes scripts"
    if script in _ALONE:
        if most < _LETTERS:
            return "", "it is too short to tell by"
        return _ALONE[script], f"its letters are {NAMES[_ALONE[script]]}"
    codes = _LATIN if script == "LATIN" else _SHARED.get(script, ())
    return _by_small(text, codes) if codes else ("", "its script is not known here")


def _by_small(text: str, codes: tuple[str, ...]) -> tuple[str, str]:
    tokens = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {
        code: sum(tokens[small] * (1 + (len(small) > 1)) / 2 for small in _SETS[code]) for code in codes
    }
    (first, most), (second, next_most), *_ = sorted(scores.items(), key=lambda row: -row[1])
    if most < _ENOUGH or most < 0.12 * tokens.total():
        return "", "it has too few small words to tell by"
    if most < _LEAD * next_most:
        return "", f"it may be {NAMES[first]} or {NAMES[second]}"
    return first, f"{most:g} of its {tokens.total()} words are small words of {NAMES[first]}"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


_CODES = {name.lower(): code for code, name in NAMES.items()}


def language(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is in that language; not checked where it cannot be told."""
    wanted = text_of(arguments, "language").strip().lower()
    code = _CODES.get(wanted, wanted.partition("-")[0].partition("_")[0])
    if code not in NAMES:
        known = ", ".join(sorted(NAMES.values()))
        raise ArgumentError(f"language is {quoted(wanted, 40)}; known are {known}, and their codes (en, de)")
    seen, how = language_of(answer.text)
    if not seen:
        return unchecked(f"its language cannot be told: {how}")
    does = f"is in {NAMES[seen]}"
    return passed(f"{does}: {how}") if seen == code else failed(f"{does}, not {NAMES[code]}: {how}")
