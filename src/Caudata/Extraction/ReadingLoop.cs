using System.Collections.Immutable;

namespace Caudata.Extraction;

/// <summary>Why a run read no further.</summary>
public enum StopReason
{
    /// <summary>Nothing that is left fits into the budget.</summary>
    Budget,

    /// <summary>Every document was read.</summary>
    CorpusRead,

    /// <summary>No document promised more than the least gain asked for.</summary>
    NoGain,

    /// <summary>The budget of time ran out.</summary>
    Time,
}

/// <summary>One document that was read, with the choice that named it and the reward it gave.</summary>
/// <param name="Round">Round of the reading, 0-based.</param>
/// <param name="Pick">The choice.</param>
/// <param name="Reading">What it gave.</param>
/// <param name="Reward">What the policy learned.</param>
public sealed record ReadDocument(int Round, Pick Pick, DocumentReading Reading, ReadingReward Reward);

/// <summary>All that was read under one policy, in order.</summary>
/// <param name="Documents">The documents, in order of reading.</param>
/// <param name="Tokens">What they cost.</param>
/// <param name="Rounds">Number of rounds.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record ReadingResult(ImmutableArray<ReadDocument> Documents, long Tokens, int Rounds, StopReason Stop)
{
    /// <summary>All pairs in order of reading.</summary>
    public IReadOnlyList<ExtractedPair> Pairs { get; } = [.. Documents.SelectMany(document => document.Reading.Pairs)];
}

/// <summary>The loop that every policy runs in: choose, read while the budget allows, learn, log.</summary>
internal static class ReadingLoop
{
    /// <summary>Reads until the budget is spent or the policy has nothing more to name.</summary>
    /// <param name="corpus">The prepared corpus.</param>
    /// <param name="policy">Who chooses.</param>
    /// <param name="read">Reads documents, in the order asked for.</param>
    /// <param name="budget">The hard limit.</param>
    /// <param name="price">Price of a million tokens, for a budget in money.</param>
    /// <param name="afterRound">Called after every round with what it read; null for nothing.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    /// <param name="clock">The clock of a budget in minutes; null for one that starts now.</param>
    public static async Task<ReadingResult> RunAsync(PreparedCorpus corpus, IReadingPolicy policy, Func<int[], CancellationToken, Task<DocumentReading[]>> read, Budget budget, double price,
        Action<IReadOnlyList<ReadDocument>, long>? afterRound, CancellationToken cancellationToken, ReadingClock? clock = null)
    {
        clock ??= new ReadingClock(TimeProvider.System);
        TimeSpan allowed = budget.Unit == BudgetUnit.Minutes ? TimeSpan.FromMinutes(Math.Min(budget.Amount, 1e8)) : TimeSpan.MaxValue;
        long limit = budget.TokenLimit(corpus.TotalTokens, price), spent = 0;
        int documentLimit = budget.DocumentLimit;
        var isRead = new bool[corpus.Count];
        var documents = ImmutableArray.CreateBuilder<ReadDocument>();
        StopReason stop = StopReason.Budget;
        int round = 0, idle = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (documents.Count == corpus.Count)
            {
                stop = StopReason.CorpusRead;
                break;
            }

            if (clock.IsUp(round, allowed))
            {
                stop = StopReason.Time;
                break;
            }

            ImmutableArray<Pick> picks = policy.Next(new ReadingState(round, isRead, limit - spent, limit, documentLimit == int.MaxValue ? int.MaxValue : documentLimit - documents.Count), cancellationToken);
            if (picks.IsEmpty)
            {
                stop = documents.Count < corpus.Count && AnyFits(corpus, isRead, limit - spent) && documents.Count < documentLimit ? StopReason.NoGain : StopReason.Budget;
                break;
            }

            var fits = ImmutableArray.CreateBuilder<Pick>(picks.Length);
            foreach (Pick pick in picks)
            {
                int cost = corpus.Tokens[pick.Document];
                if (!isRead[pick.Document] && cost <= limit - spent && documents.Count + fits.Count < documentLimit)
                {
                    isRead[pick.Document] = true;
                    spent += cost;
                    fits.Add(pick);
                }
            }

            if (fits.Count == 0)
            {
                // A policy may name only documents that are too long now; it gets a few more rounds to name others.
                if (documents.Count >= documentLimit || !AnyFits(corpus, isRead, limit - spent) || ++idle > 200)
                {
                    break;
                }

                round++;
                continue;
            }

            idle = 0;
            ImmutableArray<Pick> taken = policy.Cut(picks, fits.ToImmutable());
            DocumentReading[] readings = await read([.. taken.Select(pick => pick.Document)], cancellationToken);
            ImmutableArray<ReadingReward> rewards = policy.Learn(taken, readings, cancellationToken);
            var fresh = new ReadDocument[readings.Length];
            for (int i = 0; i < readings.Length; i++)
            {
                fresh[i] = new ReadDocument(round, taken[i], readings[i], rewards[i]);
            }

            documents.AddRange(fresh);
            clock.Finish(round);
            afterRound?.Invoke(fresh, spent);
            round++;
        }

        return new ReadingResult(documents.ToImmutable(), spent, round, stop);
    }

    private static bool AnyFits(PreparedCorpus corpus, bool[] isRead, long left)
    {
        for (int i = 0; i < isRead.Length; i++)
        {
            if (!isRead[i] && corpus.Tokens[i] <= left)
            {
                return true;
            }
        }

        return false;
    }
}
