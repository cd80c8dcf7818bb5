namespace Caudata.Corpora.World.Subjects;

/// <summary>Rules of language and exercises on plurals, articles and word order.</summary>
internal static class Grammar
{
    public const string Name = "grammar";

    public const string Lore = """
        = wordclass: noun, verb, adjective, adverb, pronoun, preposition, conjunction, article, numeral, interjection, participle, auxiliary/auxiliaries
        = gramterm: subject, object, clause, tense, plural, comma, apostrophe, hyphen, predicate, relative clause, passive, subjunctive, paragraph, prefix, suffix, spelling
        = gramverb: agree, follow, precede, replace, modify, repeat, omit, join
        = textsort: letter, essay, report, summary, poem, dialogue, invitation, complaint, review, speech
        t {Using|When to use} the <gramterm>
        t {Grammar|Style} {lesson|notes|questions}: <wordclass.s> and <gramterm.s>
        t How to write <textsort.a>[ that is read]
        h {Rules|Exceptions|Examples|Exercises|Questions|Style}
        s {A|The} <wordclass> {must|should|may} <gramverb> the <wordclass> {that it belongs to|before it|in a <gramterm>}.
        s In "<person> <x=gramverb>s the <ware>", the word "<ware>" {is|stands as} the <gramterm>.
        s {Place|Put} the <gramterm> {at the end|before the <wordclass>|first} {if|when} {the sentence is long|it matters most}.
        s {Writers|Editors} {often|seldom} {cut|miss} the <gramterm> in <textsort.a>{; readers notice|, to its harm|}.
        s {Read|Say} the sentence aloud: where you {pause|breathe}, {a <gramterm>|a comma} {may|might} be missing.
        s {The|Every} <textsort> {needs|wants} a {clear|short} <gramterm> {in|within} the first <n=2..6> lines.
        s {Spelling|Usage} {changed|was settled} in <year=1750..1990>, and {older|some} <textsort.s> {differ|keep the former <gramterm>}.
        s {Two|Short} <wordclass.s> {joined|linked} by "and" {take|need} a verb in the plural.
        q {What|Which} is the difference between {"its" and "it's"|"your" and "you're"|"fewer" and "less"|"who" and "whom"}?
        a {The second form has|One of them has} {another|a different} {job|function} in the sentence: {replace|swap} it by {the long form|"he" or "him"|a number} and see whether it {still makes sense|fits}.
        q {Do I need|Should there be} a comma before {"and"|"that"|"because"|"which"}?
        a {Only|It is needed only} {if|when} a new {main clause|remark that could be left out} {follows|begins}{; otherwise leave it out|}.
        q How do I {begin|end} <t=textsort.a>?
        a {With|By} {one sentence|a line} that says {who you are and what you want|what follows}{; save details for the middle|}. {Two|Three} lines are enough{ for <t.a>|}.
        q {What|Which} <w=wordclass> {comes|goes} first in a list of several?
        a {Opinion|Size} comes before {colour|material}, {so|hence} "a lovely <c=colour> <x=ware>" {sounds|is} right.
        q When is the passive {better|the right choice}?
        a {If|When} {nobody knows|it does not matter} who acted, {or when|and also where} the {thing done|result} {is the topic|deserves the first place}.
        d noun :: a word that names a thing, being or idea
        d clause :: a group of words with a subject and a verb
        d tense :: the form of a verb that shows time
        d homophone :: a word that sounds like another of different meaning
        d idiom :: a phrase whose meaning is not the sum of its words
        d prefix :: a part added to the front of a word
        d ellipsis :: the omission of words that can be understood
        d cliché :: a phrase worn out by use
        """;

    public static Subject Create() => Subject.Parse(Name, 5, Lore, Plural, Article, Order);

    private static Item Make(string family, string question, string answer, string? result) => new() { Question = [question], Answer = [answer], Family = "grammar/" + family, Result = result };

    private static Item Plural(Pen p, int style)
    {
        string question = p.SayOne("{Write|Put} in the plural: \"The <x=ware> is on the shelf.\"", "{Rewrite|Change} the sentence for several things: \"This <x=ware> was <c=colour>.\"");
        bool first = question.Contains("shelf", StringComparison.Ordinal);
        return Make("plural", question, p.Say(first ? "\"The <x.s> are on the shelf.\"" : "\"These <x.s> were <c>.\"") + (style is 0 or 1 or 3 ? p.Say(" {The verb changes with the noun.|Noun and verb must agree.}") : ""), null);
    }

    private static Item Article(Pen p, int style)
    {
        p.Set("q", "").Say("<!x=ware>");
        string answer = p.Fragment(Phrase.Of("<x.a>"));
        string article = answer.StartsWith("an ", StringComparison.Ordinal) ? "an" : "a";
        p.Set("art", article);
        return Make("article", p.SayOne("{Fill in|Choose} \"a\" or \"an\": <person> {bought|lost|found} ___ <x>.", "Which article {is right|belongs} before \"<x>\", \"a\" or \"an\"?"), p.Say(style == 4 ? "\"<art>\"." : "{It is|The right one is} \"<art> <x>\", because the next {word|sound} begins with a {sound of its own|sound} that asks for \"<art>\"."), article);
    }

    private static Item Order(Pen p, int style)
    {
        p.Say("<!a=person><!b=ware><!w=weekday>");
        string sentence = p.Say("<a> sold the <b> on <w>.");
        var words = new List<string>(sentence.TrimEnd('.').Split(' '));
        p.Shuffle(words);
        p.Set("l", string.Join(" / ", words)).Set("s", sentence);
        return Make("order", p.Say("{Put the words in order|Make a sentence of these words}: <l>."), p.Say(style == 4 ? "<s>" : "{The sentence is|In order}: \"<s>\""), sentence);
    }
}
