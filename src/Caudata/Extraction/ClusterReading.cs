using System.Collections.Immutable;
using Caudata.Bandits;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>A bandit over document clusters, as in EQUAL: a warm-up sample, then rounds of arms from which documents are drawn at random.</summary>
/// <remarks>
/// <para>The warm-up's pairs are kept (they are paid for). For the policies that take a prior (<see cref="Arm.PriorPulls"/>) a cluster starts with one pull: what the warm-up gave in it, or, where the warm-up has no document of
/// it, the mean over the clusters that it has. So a good cluster is pulled before unknown ones, and those before poor ones. The EQUAL presets take no prior.</para>
/// <para>Costs are counted in usual pulls (the corpus's mean tokens × documents a pull), so that rewards per cost stay in the range of rewards.</para>
/// <para>Stops when no cluster's reward may exceed <see cref="ExtractionOptions.MinGain"/>: by the 97.5 % point of the belief about its mean that <see cref="ThompsonSampling"/> would have.</para>
/// <para>Source: [zhang2025equal] section 4.</para>
/// </remarks>
internal sealed class ClusterReading : IReadingPolicy
{
    private readonly PreparedCorpus _corpus;
    private readonly ExtractionOptions _options;
    private readonly IBanditPolicy _policy;
    private readonly ClusterReward _reward;
    private readonly Func<IReadOnlyList<DocumentReading>, (int[] Cluster, int Count)> _cluster;
    private readonly double _warmUp;
    private readonly double _usualPull; // tokens
    private readonly ThompsonSampling _belief;
    private readonly List<DocumentReading> _warm = [];
    private readonly List<List<ExtractedPair>> _pairs = [];
    private int[] _clusterOf = [];
    private int[][] _members = []; // of each arm, in random order
    private int[] _next = [];
    private int _largest = int.MaxValue; // no unread member costs more
    private BanditState? _state;
    private ImmutableArray<ArmChoice> _choices = [];
    private ImmutableArray<Pick> _named = [];

    public ClusterReading(PreparedCorpus corpus, IBanditPolicy policy, ClusterReward reward, double warmUp, Func<IReadOnlyList<DocumentReading>, (int[] Cluster, int Count)> cluster, ExtractionOptions options)
    {
        (_corpus, _policy, _reward, _warmUp, _cluster, _options) = (corpus, policy, reward, warmUp, cluster, options);
        _usualPull = Math.Max(1, policy.DocumentsPerPull * (corpus.TotalTokens / (double)corpus.Count));
        (double lowest, double highest) = reward.Range;
        _belief = new ThompsonSampling { Seed = 0, PriorReward = (lowest + highest) / 2, PriorVariance = (highest - lowest) * (highest - lowest) / 4 };
    }

    public string Name => _policy.Name;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken)
    {
        if (_state is null && _options.MinGain > 0 && _reward.Range.Highest <= _options.MinGain)
        {
            return []; // no reward can be as large
        }

        if (state.Round == 0 && _warmUp > 0 && WarmUp(state) is { IsEmpty: false } warmUp)
        {
            return warmUp;
        }

        if (_state is null)
        {
            Open(state);
        }

        Withdraw(state);
        if (_options.MinGain > 0 && !Promises(_options.MinGain))
        {
            return [];
        }

        var stream = new RandomStream(_options.Seed, "arms", (ulong)state.Round);
        _choices = _policy.Choose(_state!, _policy.ArmsPerRound, ref stream);
        var picks = new List<Pick>();
        foreach (ArmChoice choice in _choices)
        {
            int left = _members[choice.Arm].Length - _next[choice.Arm], take = Math.Min(_policy.DocumentsPerPull, left);
            for (int k = 0; k < take; k++)
            {
                int document = _members[choice.Arm][_next[choice.Arm] + k];
                picks.Add(new Pick(document, choice.Arm, choice.Propensity / left, choice.Propensity * take / left));
            }

            _next[choice.Arm] += take;
        }

        Pick[] order = [.. picks];
        if (_choices.Length > 1)
        {
            stream.Shuffle<Pick>(order); // where the budget cuts the round, it cuts all arms alike
        }

        return _named = [.. order];
    }

    /// <summary>The documents of a round come in random order: all that were named are equally likely to be among those read.</summary>
    public ImmutableArray<Pick> Cut(ImmutableArray<Pick> named, ImmutableArray<Pick> read) =>
        [.. read.Select(pick => pick with { Inclusion = pick.Inclusion * read.Length / named.Length })];

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
            outcomes.Add(new ArmOutcome(choice.Arm, reward, Math.Max(1, tokens) / _usualPull, mine.Length, choice.Propensity));
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

        var prior = Prior(count);
        for (int j = 0; j < count; j++)
        {
            _members[j] = [.. members[j]];
            var stream = new RandomStream(_options.Seed, "members", (ulong)j);
            stream.Shuffle<int>(_members[j]);
            double tokens = members[j].Count == 0 ? 1 : members[j].Average(i => (double)_corpus.Tokens[i]) * Math.Min(_policy.DocumentsPerPull, members[j].Count);
            arms[j] = new Arm(members[j].Count, Math.Max(1, tokens) / _usualPull) { PriorPulls = prior is null ? 0 : 1, PriorReward = prior?[j] ?? 0 };
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
                arms[j] = arms[j] with { Neighbours = neighbours[j] };
            }
        }

        _state = _policy.Start(arms);
    }

    /// <summary>The reward of the warm-up in each cluster, and the mean of these in clusters that it missed; null without a warm-up and for the EQUAL presets.</summary>
    private double[]? Prior(int count)
    {
        if (_warm.Count == 0 || _policy is EqualCode or EqualPaper)
        {
            return null;
        }

        var known = new Dictionary<int, double>();
        foreach (IGrouping<int, DocumentReading> group in _warm.GroupBy(reading => _clusterOf[reading.Document]))
        {
            known[group.Key] = _reward.Of(_pairs[group.Key], Math.Max(1, group.Sum(reading => (long)reading.Tokens)), default);
        }

        double mean = known.Values.Average();
        return [.. Enumerable.Range(0, count).Select(j => known.GetValueOrDefault(j, mean))];
    }

    /// <summary>Takes out what can never be read: named documents that the budget cut, and members that cost more than is left; the budget only shrinks.</summary>
    private void Withdraw(ReadingState state)
    {
        foreach (Pick pick in _named.Where(pick => !state.IsRead[pick.Document]))
        {
            _state = _state!.Withdraw(pick.Arm, 1);
        }

        _named = [];
        if (_largest <= state.TokensLeft)
        {
            return;
        }

        _largest = 0;
        for (int j = 0; j < _members.Length; j++)
        {
            int[] left = _members[j][_next[j]..], fitting = [.. left.Where(i => _corpus.Tokens[i] <= state.TokensLeft)];
            if (fitting.Length < left.Length)
            {
                _state = _state!.Withdraw(j, left.Length - fitting.Length);
                (_members[j], _next[j]) = (fitting, 0);
            }

            _largest = fitting.Aggregate(_largest, (most, i) => Math.Max(most, _corpus.Tokens[i]));
        }
    }

    private bool Promises(double gain)
    {
        double highest = _reward.Range.Highest;
        for (int j = 0; j < _state!.Arms.Length; j++)
        {
            (Arm arm, ArmRecord record) = (_state.Arms[j], _state.Records[j]);
            if (record.IsAvailable)
            {
                (double location, double scale, double degrees) = _belief.Belief(arm, record);
                double cost = _reward.IsPerToken ? 1 : record.Pulls == 0 ? arm.Cost : record.CostSum / record.Pulls;
                if (Math.Min(highest, location + (scale * Distributions.StudentQuantile(0.975, degrees))) / cost > gain)
                {
                    return true;
                }
            }
        }

        return _state.Available == 0; // then there is nothing to stop
    }
}
