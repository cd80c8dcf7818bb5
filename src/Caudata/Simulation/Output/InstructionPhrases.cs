using System.Globalization;
using Caudata.Numerics;

namespace Caudata.Simulation.Output;

/// <summary>Words of instruction records. Which phrasing a pair gets is keyed by seed and pair.</summary>
/// <param name="user">Name of the first entity.</param>
/// <param name="item">Name of the second entity.</param>
/// <param name="rating">Name of the variable that is explained.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class InstructionPhrases(string user, string item, string rating, ulong seed)
{
    private static readonly string[] Asks =
    [
        "Say why the {user} gave the {item} this {rating}.", "What about the {item} explains its {rating} by this {user}?", "Name the tags of the {item} that moved the {rating}, if any did.",
        "Give the reason behind this {rating} in one sentence.", "Which of the tags account for the {rating}, and which do not?",
    ];

    private static readonly string[] Givens =
    [
        "{User} gave {Item} a {rating} of {value}. Its tags: {has}.", "{Item} ({has}) got a {rating} of {value} from {User}.", "{rating}: {value}; {user}: {User}; {item}: {Item}; tags: {has}.",
    ];

    private static readonly string[] Unrated = ["{User} was asked about the tags of {Item}: {has}. The {rating} is not known.", "{Item} has the tags {has}. {User} was asked which of them matter; there is no {rating}."];

    private static readonly string[] Decided =
    [
        "It is due to {tags}: the {user} likes {them}, and without {them} the {rating} would have been {without}.", "The {user} likes {tags}; that took the {rating} from {without} to {value}.",
        "{tags} made the difference. Had the {item} had nothing that the {user} likes, the {rating} would have been {without}.", "What counts is {tags}, which the {user} likes. Otherwise it would have been {without}.",
    ];

    private static readonly string[] Undecided =
    [
        "No tag decided it. The {user} likes {tags}, but the {rating} would have been {value} all the same.", "The {user} likes {tags}, yet without {them} the {rating} would be {value} too, so the tags are not the reason.",
    ];

    private static readonly string[] None =
    [
        "None of the tags: the {user} likes none of those that the {item} has.", "The tags give no reason. There is none among them that the {user} likes.", "No liked tag stands behind this {rating}.",
    ];

    private static readonly string[] Named = ["The {user} named {tags}.", "What the {user} recorded as liked is {tags}.", "By the {user}'s own word: {tags}."];

    private static readonly string[] NamedNone = ["The {user} named none of the tags.", "Asked for liked tags, the {user} gave none."];

    /// <summary>What is asked, what is given, what is answered.</summary>
    /// <param name="pair">User and item.</param>
    /// <param name="names">What they are called.</param>
    /// <param name="value">The rating; NaN where it is not known.</param>
    /// <param name="without">The rating without the liked tags; NaN where only the user's record is known.</param>
    /// <param name="has">Names of all tags of the item.</param>
    /// <param name="tags">Names of the tags that are liked, or recorded.</param>
    public (string Instruction, string Input, string Output) Of((int User, int Item) pair, (string User, string Item) names, double value, double without, IReadOnlyList<string> has, IReadOnlyList<string> tags)
    {
        RandomStream random = NoiseKey.Of(seed, "instruction phrasing").Row((ulong)pair.User).Draw("words", (ulong)pair.Item);
        string[] answers = (double.IsNaN(without), tags.Count) switch
        {
            (true, 0) => NamedNone,
            (true, _) => Named,
            (_, 0) => None,
            _ => without == value ? Undecided : Decided,
        };
        string ask = Asks[random.NextInt32(Asks.Length)];
        string[] givens = double.IsNaN(value) ? Unrated : Givens;
        string given = givens[random.NextInt32(givens.Length)], answer = answers[random.NextInt32(answers.Length)];
        (string, string)[] words =
        [
            ("{user}", user), ("{item}", item), ("{rating}", rating), ("{value}", Number(value)), ("{without}", Number(without)), ("{them}", tags.Count == 1 ? "it" : "them"),
            ("{User}", names.User), ("{Item}", names.Item), ("{has}", has.Count == 0 ? "none" : string.Join(", ", has)), ("{tags}", List(tags)),
        ];
        return (Sentence(ask), Sentence(given), Sentence(answer));

        // From left to right and each place once, so that braces in names stay as they are.
        string Sentence(string form)
        {
            System.Text.StringBuilder text = new();
            for (int at = 0; at < form.Length;)
            {
                (string Key, string Value) word = Array.Find(words, w => string.CompareOrdinal(form, at, w.Item1, 0, w.Item1.Length) == 0);
                text.Append(word.Key is null ? form[at].ToString() : word.Value);
                at += word.Key?.Length ?? 1;
            }

            if (text.Length > 0)
            {
                text[0] = char.ToUpperInvariant(text[0]);
            }

            return text.ToString();
        }
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string List(IReadOnlyList<string> tags) => tags.Count < 2 ? string.Concat(tags) : $"{string.Join(", ", tags.Take(tags.Count - 1))} and {tags[^1]}";
}
