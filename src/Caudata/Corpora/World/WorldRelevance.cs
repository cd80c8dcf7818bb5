namespace Caudata.Corpora.World;

/// <summary>Relevance of pairs to targets: a table of subjects, lowered for definitions, chat questions and trifles.</summary>
internal static class WorldRelevance
{
    public static readonly string[] Targets = ["word-problems", "programming", "chemistry", "medicine"];

    public static double Of(WorldPair pair, string target)
    {
        if (Array.IndexOf(Targets, target) < 0)
        {
            throw new ArgumentException($"There is no target '{target}'; known: {string.Join(", ", Targets)}.", nameof(target));
        }

        double subject = pair.Subject == target ? 1 : (target, pair.Subject) switch
        {
            ("word-problems", "economics") => 0.5,
            ("word-problems", "probability" or "algebra" or "physics") => 0.4,
            ("word-problems", "geometry" or "chemistry" or "statistics" or "cooking") => 0.3,
            ("programming", "databases") => 0.4,
            ("programming", "algebra" or "probability") => 0.1,
            ("chemistry", "physics") => 0.3,
            ("chemistry", "cooking" or "biology" or "word-problems") => 0.2,
            ("medicine", "biology") => 0.4,
            ("medicine", "cooking" or "law") => 0.1,
            _ => 0,
        };
        double kind = pair.Family.StartsWith("trivia/", StringComparison.Ordinal) ? 0.1
            : pair.Family.EndsWith("/definition", StringComparison.Ordinal) ? target == "medicine" ? 0.4 : 0.2
            : pair.Family.Contains("/question-", StringComparison.Ordinal) && target != "medicine" ? 0.3
            : 1;
        return subject * kind;
    }
}
