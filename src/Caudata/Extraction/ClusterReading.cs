using System.Collections.Immutable;
using Caudata.Bandits;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>A bandit over document clusters, as in EQUAL: a warm-up sample, then rounds of arms from which documents are drawn at random.</summary>
/// <remarks>Source: [zhang2025equal] section 4. The warm-up's pairs are kept (they are paid for) and belong to the pairs of their clusters; for the policies that take a prior
/// (<see cref="Arm.PriorPulls"/>) they count as one earlier pull. The preset of the released scripts starts without them.</remarks>
internal sealed class ClusterReading : IReadingPolicy
{
    private readonly PreparedCorpus _corpus;
    private readonly ExtractionOptions _options;
    private readonly IBanditPolicy _policy;
    private readonly ClusterReward _reward;
    private readonly Func<IReadOnlyList<DocumentReading>, (int[] Cluster, int Count)> _cluster;
    private readonly double _warmUp;
    private readonly List<DocumentReading> _warm = [];
    private readonly List<List<ExtractedPair>> _pairs = [];
    private int[] _clusterOf = [];
    private int[][] _members = []; // of each arm, in random order
    private int[] _next = [];
    private BanditState? _state;
    private ImmutableArray<ArmChoice> _choices = [];
    private ImmutableArray<Pick> _named = [];

    public ClusterReading(PreparedCorpus corpus, IBanditPolicy policy, ClusterReward reward, double warmUp, Func<IReadOnlyList<DocumentReading>, (int[] Cluster, int Count)> cluster, ExtractionOptions options)
    {
        (_corpus, _policy, _reward, _warmUp, _cluster, _options) = (corpus, policy, reward, warmUp, cluster, options);
    }

    public string Name => _policy.Name;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken)
    {
        if (state.Round == 0 && _warmUp > 0 && WarmUp(state) is { IsEmpty: false } warmUp)
        {
            return warmUp;
        }

        if (_state is null)
        {
            Open(state);
        }

        foreach (Pick pick in _named)
        {
            if (!state.IsRead[pick.Document])
            {
                _state = _state!.Withdraw(pick.Arm, 1); // it did not fit into the budget, and the budget only shrinks
            }
        }

        var stream = new RandomStream(_options.Seed, "arms", (ulong)state.Round);
        _choices = _policy.Choose(_state!, _policy.ArmsPerRound, ref stream);
        var picks = ImmutableArray.CreateBuilder<Pick>();
        foreach (ArmChoice choice in _choices)
        {
            int left = _members[choice.Arm].Length - _next[choice.Arm], take = Math.Min(_policy.DocumentsPerPull == 1 ? 10 : _policy.DocumentsPerPull, left);
            for (int k = 0; k < take; k++)
            {
                int document = _members[choice.Arm][_next[choice.Arm] + k];
                picks.Add(new Pick(document, choice.Arm, choice.Propensity / left, choice.Propensity * take / left));
            }

            _next[choice.Arm] += take;
        }

        return _named = picks.ToImmutable();
    }

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken)
    {
        if (_state is null)
        {
            _warm.AddRange(readings);
            return [.. readings.Select(_ => new ReadingReward(0, []))];
        }

        var rewards = new ReadingReward[readings.Count];
        var outcomes = new List<ArmOutcome>();
        foreach (ArmChoice choice in _choices)
        {
            int[] mine = [.. Enumerable.Range(0, readings.Count).Where(i => picks[i].Arm == choice.Arm)];
            if (mine.Length == 0)
            {
                continue; // nothing of it fitted into the budget
            }

            ExtractedPair[] pull = [.. mine.SelectMany(i => readings[i].Pairs)];
            _pairs[choice.Arm].AddRange(pull);
            long tokens = mine.Sum(i => (long)readings[i].Tokens);
            double reward = _reward.Of(_policy.Scope == RewardScope.Arm ? _pairs[choice.Arm] : pull, tokens, cancellationToken);
            outcomes.Add(new ArmOutcome(choice.Arm, reward, Math.Max(1, tokens), mine.Length, choice.Propensity));
            foreach (int i in mine)
            {
                rewards[i] = new ReadingReward(reward, [new NamedValue("pull-pairs", pull.Length), new NamedValue("pull-tokens", tokens)]);
            }
        }

        _reward.Grow(readings.SelectMany(reading => reading.Pairs));
        _state = _policy.Update(_state, outcomes.ToArray());
        return [.. rewards];
    }

    private ImmutableArray<Pick> WarmUp(ReadingState state)
    {
        int n = _corpus.Count;
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        var stream = new RandomStream(_options.Seed, "warm-up");
        stream.Shuffle<int>(order);

        // Half of the bill, and never more than 5 % of the corpus [zhang2025equal].
        double tokens = Math.Min(_warmUp * Math.Min(state.TokensLeft, _corpus.TotalTokens), 0.05 * _corpus.TotalTokens);
        double documents = state.DocumentsLeft == int.MaxValue ? n : _warmUp * state.DocumentsLeft;
        var picks = ImmutableArray.CreateBuilder<Pick>();
        foreach (int i in order)
        {
            if (_corpus.Tokens[i] > tokens || picks.Count >= documents)
            {
                break;
            }

            tokens -= _corpus.Tokens[i];
            picks.Add(new Pick(i, -1, 1.0 / n, 1)); // inclusion is filled in below
        }

        double inclusion = picks.Count / (double)n;
        return [.. picks.Select(pick => pick with { Propensity = inclusion, Inclusion = inclusion })];
    }

    private void Open(ReadingState state)
    {
        (_clusterOf, int count) = _cluster(_warm);
        var members = new List<int>[count];
        for (int j = 0; j < count; j++)
        {
            members[j] = [];
            _pairs.Add([]);
        }

        for (int i = 0; i < _corpus.Count; i++)
        {
            if (!state.IsRead[i])
            {
                members[_clusterOf[i]].Add(i);
            }
        }

        _members = new int[count][];
        _next = new int[count];
        var arms = new Arm[count];
        _reward.Grow(_warm.SelectMany(reading => reading.Pairs));
        foreach (DocumentReading reading in _warm)
        {
            _pairs[_clusterOf[reading.Document]].AddRange(reading.Pairs);
        }

        var warmTokens = new long[count];
        foreach (DocumentReading reading in _warm)
        {
            warmTokens[_clusterOf[reading.Document]] += reading.Tokens;
        }

        for (int j = 0; j < count; j++)
        {
            _members[j] = [.. members[j]];
            var stream = new RandomStream(_options.Seed, "members", (ulong)j);
            stream.Shuffle<int>(_members[j]);
            double cost = members[j].Count == 0 ? 1 : members[j].Average(i => (double)_corpus.Tokens[i]);

            // Warm-up pairs are prior pulls of their cluster.
            bool knows = _pairs[j].Count > 0;
            arms[j] = new Arm(members[j].Count, Math.Max(1, cost)) { PriorPulls = knows ? 1 : 0, PriorReward = knows ? _reward.Of(_pairs[j], Math.Max(1, warmTokens[j]), default) : 0 };
        }

        if (_policy is EqualCode)
        {
            int d = _corpus.Embedder.Dimension;
            var means = new float[count * d];
            var deviations = new float[count * d];
            Frechet.Moments(_corpus.Vectors.Span, _clusterOf, count, d, means, deviations);
            ImmutableArray<ImmutableArray<int>> neighbours = Frechet.Neighbours(means, deviations, d);
            for (int j = 0; j < count; j++)
            {
                arms[j] = arms[j] with { Neighbours = neighbours[j], PriorPulls = 0, PriorReward = 0 }; // the released scripts start from nothing
            }
        }

        _state = _policy.Start(arms);
    }
}
