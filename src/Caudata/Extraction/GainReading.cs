using System.Collections.Immutable;
using Caudata.Estimation;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>The default policy: a contextual bandit over documents that learns, while it reads, the marginal gain towards the target for each 1,000 tokens.</summary>
/// <remarks>
/// <para>It starts from what costs nothing: similarity to the reference and to its nearest pairs, the gain of the document's own text, and its question marks. A small audit sample, stratified by that prior, feeds the forecast;
/// every document has a positive probability of being in it. The audit is hidden from the model, so that the forecast made of it stays unbiased: a document of it counts once the policy chooses it by itself. Two fifths of the budget, and as many documents as the model has weights, follow the prior; then, round by round, a Bayesian linear model of the gain per 1,000 tokens (per document, where the budget counts documents; features: prior scores, length, question marks, cluster, source) is
/// fitted to all documents read, and the documents with the highest upper bound (mean + β · standard deviation) are read. The gain of a document is that of its pairs in the pool of
/// pairs chosen before it: what the pool holds already is worth nothing again.</para>
/// <para>Source: linear upper confidence bounds [li2010contextual], algorithm 1, with a reward that diminishes with the pool [axelrod2017].</para>
/// </remarks>
internal sealed class GainReading : IReadingPolicy
{
    /// <summary>Rounds in which the budget is spent; docs/experiments.md, "Rounds".</summary>
    private const int Rounds = 25;

    /// <summary>Rounds that follow the prior alone, before the model is asked: two fifths of the budget; docs/experiments.md, "How long to trust the prior".</summary>
    private const int PriorRounds = 10;

    /// <summary>Weight of the transport cost while reading, in nats for one unit of cosine cost.</summary>
    private const double TransportWeight = 1;

    /// <summary>Weight β of the standard deviation; docs/experiments.md, "Exploration".</summary>
    private const double Optimism = 0.5;

    private const int Scores = 6, TextGain = 3, Questions = 5, MostSources = 256, AuditStrata = 5;

    private readonly PreparedCorpus _corpus;
    private readonly ExtractionOptions _options;
    private readonly int[] _cluster;
    private readonly int _clusters, _sources, _width;
    private readonly double _costOfDocument; // in tokens, where the budget counts documents; else 0
    private readonly float[] _signs; // [n, Scores], standardised, the first 1
    private readonly double[] _precision, _moments; // [width, width], [width]
    private readonly double[] _prior;
    private readonly GrowingPool _pool;
    private readonly bool[] _chosen;
    private readonly List<int> _offered = [];
    private readonly Dictionary<int, DocumentReading> _audited = [];
    private double _squares;
    private int _observed;
    private double _bestOfRound = double.PositiveInfinity; // the highest reward of the last round
    private bool _auditing; // the last choice was the audit

    public GainReading(PreparedCorpus corpus, int[] cluster, int clusters, ExtractionOptions options)
    {
        (_corpus, _cluster, _clusters, _options) = (corpus, cluster, clusters, options);
        _pool = new GrowingPool(corpus.Target, new SelectionOptions { TransportWeight = TransportWeight }, options.Threads);
        int n = corpus.Count;
        _chosen = new bool[n];
        _sources = Math.Min(MostSources, corpus.SourceIndex.Max() + 1);
        _width = Scores + _clusters + _sources;
        _signs = new float[n * Scores];
        _prior = new double[n];
        _costOfDocument = options.Budget.Unit == BudgetUnit.Documents ? Math.Max(1, corpus.TotalTokens / (double)n) : 0;
        float[][] columns = [corpus.Similarity, corpus.Nearest, PerCost(corpus.TextGain), [.. corpus.Tokens.Select(t => MathF.Log(t + 1))], PerCost(corpus.Questions)];
        for (int c = 0; c < columns.Length; c++)
        {
            (double mean, double deviation) = Moments(columns[c]);
            for (int i = 0; i < n; i++)
            {
                _signs[(i * Scores) + c + 1] = (float)Math.Clamp((columns[c][i] - mean) / deviation, -4, 4);
            }
        }

        for (int i = 0; i < n; i++)
        {
            _signs[i * Scores] = 1;
            // What doc-sim knows, similarity to the nearest references, the gain of the document's own text, and half of its question marks: docs/experiments.md, "What the prior is made of".
            _prior[i] = _signs[(i * Scores) + 1] + _signs[(i * Scores) + 2] + _signs[(i * Scores) + TextGain] + (0.5 * _signs[(i * Scores) + Questions]);
        }

        // Prior precisions: the constant is nearly free, scores are shrunk a little, clusters and sources more.
        _precision = new double[_width * _width];
        _moments = new double[_width];
        for (int j = 0; j < _width; j++)
        {
            _precision[(j * _width) + j] = j == 0 ? 0.1 : j < Scores ? 3 : 20;
        }
    }

    /// <summary>A sign per token turned into one per document where the budget counts documents.</summary>
    private float[] PerCost(float[] perToken) => _costOfDocument > 0 ? [.. perToken.Select((value, i) => value * _corpus.Tokens[i])] : perToken;

    public string Name => "default";

    /// <summary>The audit sample's design, once the first round was chosen.</summary>
    public AuditDesign? Audit { get; private set; }

    /// <summary>The documents of the audit sample.</summary>
    public ImmutableArray<int> Audited { get; private set; } = [];

    /// <summary>Documents that the policy chose itself, shape [n]; audited ones among them cost nothing again.</summary>
    public IReadOnlyList<bool> Chosen => _chosen;

    /// <summary>The prior score of every document, shape [n].</summary>
    public IReadOnlyList<double> Prior => _prior;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken) =>
        state.Round == 0 && First(state) is { IsEmpty: false } audit ? audit : Later(state, cancellationToken);

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken)
    {
        ImmutableArray<ReadingReward> rewards = Rewards(readings, cancellationToken);
        if (_auditing)
        {
            foreach (DocumentReading reading in readings)
            {
                _audited.Add(reading.Document, reading); // hidden from the model until the policy chooses it itself
            }
        }
        else
        {
            Learn(readings, rewards, cancellationToken);
        }

        return rewards;
    }

    private void Learn(IReadOnlyList<DocumentReading> readings, ImmutableArray<ReadingReward> rewards, CancellationToken cancellationToken)
    {
        _bestOfRound = readings.Count > 0 ? rewards.Max(reward => reward.Reward) : _bestOfRound;
        for (int k = 0; k < readings.Count; k++)
        {
            Observe(readings[k].Document, rewards[k].Reward);
        }

        _pool.Grow([.. readings.SelectMany(reading => reading.Pairs)], int.MaxValue, cancellationToken);
    }

    private ImmutableArray<ReadingReward> Rewards(IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken)
    {
        double[] values = _pool.Values([.. readings.SelectMany(reading => reading.Pairs)], cancellationToken);
        var rewards = ImmutableArray.CreateBuilder<ReadingReward>(readings.Count);
        int at = 0;
        foreach (DocumentReading reading in readings)
        {
            double gain = 0;
            for (int k = 0; k < reading.Pairs.Length; k++)
            {
                gain += Math.Max(0, values[at++]);
            }

            // 100 tokens: what a call costs besides the document.
            rewards.Add(new ReadingReward(1e6 * gain / ((_costOfDocument > 0 ? _costOfDocument : reading.Tokens) + 100), [new NamedValue("gain", gain), new NamedValue("pairs", reading.Pairs.Length)]));
        }

        return rewards.ToImmutable();
    }

    private ImmutableArray<Pick> First(ReadingState state)
    {
        int n = _corpus.Count;
        double meanTokens = Math.Max(1, _corpus.TotalTokens / (double)n);
        double documents = Math.Min(state.DocumentsLeft, Math.Min((double)state.TokensLeft, _corpus.TotalTokens) / meanTokens);
        int size = (int)Math.Min(n, Math.Round(documents * _options.AuditShare));
        if (_options.AuditShare <= 0 || size < 1)
        {
            return [];
        }

        int strata = Math.Min(AuditStrata, size);
        _auditing = true;
        Audit = AuditDesign.Stratified(_prior, size, strata);
        Audited = Audit.Draw(_options.Seed);
        AuditDesign audit = Audit;
        return [.. Audited.Select(i => new Pick(i, _cluster[i], audit.Inclusion(i), audit.Inclusion(i)))];
    }

    private ImmutableArray<Pick> Later(ReadingState state, CancellationToken cancellationToken)
    {
        int n = _corpus.Count;
        _auditing = false;
        foreach (int i in _offered.Where(i => !state.IsRead[i]))
        {
            _chosen[i] = false; // it did not fit into the budget after all
        }

        _offered.Clear();
        bool knows = _observed >= _width && state.Round > PriorRounds; // with fewer documents than weights the model knows less than the prior
        double[] weights = new double[_width], inverse = knows ? new double[_width * _width] : [];
        double noise = 0;
        if (knows)
        {
            Fit(weights, inverse);
            double explained = 0;
            for (int j = 0; j < _width; j++)
            {
                explained += weights[j] * _moments[j];
            }

            noise = Math.Sqrt(Math.Max(0, _squares - explained) / Math.Max(1, _observed));
        }

        if (!knows && _options.MinGain > 0 && _bestOfRound / 1000 <= _options.MinGain)
        {
            return []; // no document of the last round was worth its cost, and those to come promise less
        }

        var scores = new double[n];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken }, i =>
        {
            scores[i] = _chosen[i] ? double.NegativeInfinity : knows ? Bound(i, weights, inverse, noise) : _prior[i];
        });
        if (knows && _options.MinGain > 0 && scores.Max() / 1000 <= _options.MinGain)
        {
            return [];
        }

        // One round's quota, with a margin for documents that no longer fit.
        long quota = Math.Max(1, state.TokenBudget == long.MaxValue ? _corpus.TotalTokens / Rounds : Math.Min(state.TokenBudget, _corpus.TotalTokens) / Rounds);
        int documents = state.DocumentsLeft == int.MaxValue ? int.MaxValue : Math.Max(1, state.DocumentsLeft / Math.Max(1, Rounds - state.Round));
        var picks = ImmutableArray.CreateBuilder<Pick>();
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        double[] keys = [.. scores.Select(score => -score)];
        Array.Sort(keys, order); // ties are broken below
        TieBreak(keys, order);
        long left = quota;
        var revisited = new List<DocumentReading>(); // audited before, chosen now
        foreach (int i in order)
        {
            if (double.IsNegativeInfinity(scores[i]) || left <= 0 || picks.Count >= documents)
            {
                break;
            }

            if (_corpus.Tokens[i] > state.TokensLeft)
            {
                continue;
            }

            // An audited document costs nothing again, but it takes its part of the quota: it is chosen only where an unread one would have been.
            _chosen[i] = true;
            left -= _corpus.Tokens[i];
            if (_audited.TryGetValue(i, out DocumentReading? known))
            {
                revisited.Add(known);
            }
            else
            {
                picks.Add(new Pick(i, _cluster[i], 1, 1));
                _offered.Add(i);
            }
        }

        Learn(revisited, Rewards(revisited, cancellationToken), cancellationToken);
        if (picks.Count == 0 && revisited.Count > 0)
        {
            return Later(state, cancellationToken); // the whole quota was known already
        }

        return _options.LogPropensities ? Explore(picks.ToImmutable(), state) : picks.ToImmutable();
    }

    /// <summary>Gives a twentieth of the round's places to documents drawn evenly from all that it would not read otherwise, so that each of them has a known positive probability.</summary>
    private ImmutableArray<Pick> Explore(ImmutableArray<Pick> picks, ReadingState state)
    {
        int places = Math.Min(picks.Length, Math.Max(1, picks.Length / 20));
        foreach (Pick pick in picks.Skip(picks.Length - places))
        {
            _chosen[pick.Document] = false; // gives its place up, and may be drawn again
        }

        int[] others = [.. Enumerable.Range(0, _corpus.Count).Where(i => !_chosen[i] && !state.IsRead[i])];
        places = Math.Min(places, others.Length);
        var stream = new RandomStream(_options.Seed, "exploration", (ulong)state.Round);
        stream.Shuffle<int>(others);
        double probability = places / (double)Math.Max(1, others.Length);
        foreach (int i in others.Take(places))
        {
            _chosen[i] = true;
            _offered.Add(i);
        }

        return [.. picks.Take(picks.Length - places), .. others.Take(places).Order().Select(i => new Pick(i, _cluster[i], probability, probability))];
    }

    private void Observe(int document, double reward)
    {
        Span<int> places = stackalloc int[Scores + 2];
        Span<double> values = stackalloc double[Scores + 2];
        int count = Features(document, places, values);
        for (int a = 0; a < count; a++)
        {
            _moments[places[a]] += reward * values[a];
            for (int b = 0; b < count; b++)
            {
                _precision[(places[a] * _width) + places[b]] += values[a] * values[b];
            }
        }

        _squares += reward * reward;
        _observed++;
    }

    private void Fit(double[] weights, double[] inverse)
    {
        double[] factor = [.. _precision];
        if (!Cholesky.TryFactor(factor, _width))
        {
            throw new InvalidOperationException("The precision of the gain model is not positive definite; its prior makes that impossible.");
        }

        _moments.CopyTo(weights, 0);
        Cholesky.Solve(factor, _width, weights);
        for (int j = 0; j < _width; j++)
        {
            Span<double> column = inverse.AsSpan(j * _width, _width);
            column[j] = 1;
            Cholesky.Solve(factor, _width, column);
        }
    }

    private double Bound(int document, double[] weights, double[] inverse, double noise)
    {
        Span<int> places = stackalloc int[Scores + 2];
        Span<double> values = stackalloc double[Scores + 2];
        int count = Features(document, places, values);
        double mean = 0, variance = 0;
        for (int a = 0; a < count; a++)
        {
            mean += weights[places[a]] * values[a];
            for (int b = 0; b < count; b++)
            {
                variance += values[a] * values[b] * inverse[(places[a] * _width) + places[b]];
            }
        }

        return mean + (Optimism * noise * Math.Sqrt(Math.Max(0, variance)));
    }

    private int Features(int document, Span<int> places, Span<double> values)
    {
        for (int c = 0; c < Scores; c++)
        {
            places[c] = c;
            values[c] = _signs[(document * Scores) + c];
        }

        int count = Scores;
        places[count] = Scores + _cluster[document];
        values[count++] = 1;
        if (_corpus.SourceIndex[document] < _sources)
        {
            places[count] = Scores + _clusters + _corpus.SourceIndex[document];
            values[count++] = 1;
        }

        return count;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> values)
    {
        double mean = 0, squares = 0;
        foreach (float value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        foreach (float value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / values.Length);
        return (mean, deviation > 0 ? deviation : 1);
    }

    private static void TieBreak(double[] keys, int[] order)
    {
        for (int i = 0; i < keys.Length;)
        {
            int start = i;
            while (i < keys.Length && keys[i].Equals(keys[start]))
            {
                i++;
            }

            if (i - start > 1)
            {
                Array.Sort(order, start, i - start);
            }
        }
    }
}
