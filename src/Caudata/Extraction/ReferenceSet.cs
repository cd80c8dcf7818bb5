using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Corpora.World;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>One question-answer pair of a target task.</summary>
/// <param name="Id">File and row.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer; may be empty.</param>
public sealed record ReferencePair(string Id, string Question, string Answer)
{
    /// <summary>What is embedded: question and answer on lines of their own.</summary>
    public string Text => Question + "\n" + Answer;
}

/// <summary>Reads the question-answer pairs of a target task: the reference that extraction aims at, a held-out test, or a set to stay clear of.</summary>
public static class ReferenceSet
{
    /// <summary>Reads all pairs of a file, or of a part of the built-in corpus world.</summary>
    /// <param name="source">A file of rows with the columns <c>question</c> and <c>answer</c> (JSON lines, CSV, Parquet; gzip, Zstandard), or <c>world:SEED/TARGET</c> or <c>world:SEED/TARGET/test</c>.</param>
    /// <param name="where">SQL condition over the columns; null for all rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The pairs in the order of the file, and the rows that were dropped.</returns>
    /// <exception cref="InputException">The source cannot be found or read, has no such columns, or holds no pair.</exception>
    public static Task<(ImmutableArray<ReferencePair> Pairs, ImmutableArray<Rejection> Rejections)> ReadAsync(string source, string? where, CancellationToken cancellationToken = default) =>
        ReadAsync(source, where, "question", "answer", cancellationToken);

    /// <summary>Reads all pairs of a file whose columns have other names, or of a part of the built-in corpus world.</summary>
    /// <param name="source">A file of rows (JSON lines, CSV, Parquet; gzip, Zstandard), or a part of a corpus world, whose columns have no names.</param>
    /// <param name="where">SQL condition over the columns; null for all rows.</param>
    /// <param name="questionColumn">Name of the column with the question.</param>
    /// <param name="answerColumn">Name of the column with the answer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The pairs in the order of the file, and the rows that were dropped.</returns>
    /// <exception cref="InputException">The source cannot be found or read, has no such columns, or holds no pair.</exception>
    public static async Task<(ImmutableArray<ReferencePair> Pairs, ImmutableArray<Rejection> Rejections)> ReadAsync(
        string source, string? where, string questionColumn, string answerColumn, CancellationToken cancellationToken = default)
    {
        if (source.StartsWith("world:", StringComparison.Ordinal))
        {
            if (where is not null)
            {
                throw new InputException($"'{source}' takes no SQL condition, got \"{where}\". Leave it out, or give a file.");
            }

            return (World(source), []);
        }

        var pairs = ImmutableArray.CreateBuilder<ReferencePair>();
        var rejections = ImmutableArray.CreateBuilder<Rejection>();

        // A table of pairs is a corpus whose text is the question and whose title is the answer. Identifiers in it play no part, so none can be missing or twice.
        var options = new CorpusOptions { Sources = [source], Where = where, TextColumn = questionColumn, TitleColumn = answerColumn, IdColumn = "", IsReference = true, MaxPassageLength = 10_000_000 };
        await foreach (CorpusItem item in CorpusReader.ReadAsync(options, cancellationToken))
        {
            switch (item)
            {
                case CorpusItem.Kept kept:
                    pairs.Add(new ReferencePair(kept.Document.Id, kept.Document.Text, kept.Document.Title));
                    break;
                case CorpusItem.Rejected rejected:
                    rejections.Add(rejected.Rejection);
                    break;
            }
        }

        if (pairs.Count == 0)
        {
            throw new InputException($"'{source}'{(where is null ? "" : $" with the condition \"{where}\"")} holds no question-answer pair; expected rows with the columns {questionColumn} and {answerColumn}."
                + (rejections.Count > 0 ? $" {rejections.Count} rows were dropped, the first because: {rejections[0].Reason} ({rejections[0].Detail})" : ""));
        }

        return (pairs.ToImmutable(), rejections.ToImmutable());
    }

    /// <summary>The built-in corpus world of a specification.</summary>
    /// <exception cref="InputException">It is not understood.</exception>
    internal static CorpusWorld OpenWorld(string specification)
    {
        try
        {
            return new CorpusWorld(CorpusWorldOptions.Parse(specification));
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    private static ImmutableArray<ReferencePair> World(string source)
    {
        string[] parts = source["world:".Length..].Split('/');
        if (parts.Length is < 2 or > 3 || (parts.Length == 3 && parts[2] is not ("test" or "reference")) || !CorpusWorld.Targets.Contains(parts[1]))
        {
            throw new InputException($"Target '{source}' is not understood; expected world:SEED/TARGET or world:SEED/TARGET/test with TARGET one of {string.Join(", ", CorpusWorld.Targets)}.");
        }

        CorpusWorld world = OpenWorld("world:" + parts[0]);
        return [.. world.Target(parts[1], parts is [_, _, "test"] ? TargetPart.Test : TargetPart.Reference).Select((pair, i) => new ReferencePair($"{source}:{i}", pair.Question, pair.Answer))];
    }
}
