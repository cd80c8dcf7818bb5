using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation.Output;

namespace Caudata.Simulation.Ctar;

/// <summary>Writes CTAR data in the schema of its release: <c>movie.csv</c> (movieid, taglist), <c>rating.csv</c>, <c>obstag.csv</c>, <c>rcttag.csv</c> and <c>test_1.csv</c> to <c>test_3.csv</c>.</summary>
public static class CtarFiles
{
    /// <summary>Writes all files.</summary>
    /// <param name="data">The data.</param>
    /// <param name="folder">The run folder.</param>
    /// <returns>The files with what they hold and their rows.</returns>
    public static ImmutableArray<CardFile> Write(CtarData data, RunFolder folder)
    {
        var files = ImmutableArray.CreateBuilder<CardFile>();
        Lines("rating.csv", "ratings", "userid,movieid,rating", data.Ratings, (text, r) => text.Number(r.User).Symbol(',').Number(r.Movie).Symbol(',').Number((long)r.Value));
        Lines("obstag.csv", "observational tags", "userid,movieid,tagid", data.Observational, Record);
        Lines("rcttag.csv", "tags of the randomised experiment", "userid,movieid,tagid", data.Randomised, Record);
        int movies = data.TagsOfMovie.Starts.Length - 1;
        Lines("movie.csv", "movies", "movieid,taglist", [.. Enumerable.Range(0, movies)], (text, movie) => text.Number(movie).Symbol(',').Text("\"" + string.Join(',', data.TagsOfMovie[movie].ToArray()) + "\""));
        Lines("test_1.csv", "test of left-out tags", "userid,tagid,islike", data.Test1, Question);
        Lines("test_2.csv", "test of tags of rated movies", "userid,tagid,islike", data.Test2, Question);
        Lines("test_3.csv", "test of tags of no rated movie", "userid,tagid,islike", data.Test3, Question);
        return files.ToImmutable();

        void Lines<T>(string file, string name, string header, ImmutableArray<T> rows, Func<NumberText, T, NumberText> write)
        {
            folder.Write(file, stream =>
            {
                NumberText text = new();
                text.Text(header).Symbol('\n');
                foreach (T row in rows)
                {
                    write(text, row).Symbol('\n');
                }

                stream.Write(text.Written.Span);
            });
            files.Add(new CardFile(name, file, file.StartsWith("test", StringComparison.Ordinal) ? "test" : "train", rows.Length));
        }
    }

    private static NumberText Record(NumberText text, TagRecord record) => text.Number(record.User).Symbol(',').Number(record.Movie).Symbol(',').Number((long)record.Tag);

    private static NumberText Question(NumberText text, TagQuestion question) => text.Number(question.User).Symbol(',').Number(question.Tag).Symbol(',').Number(question.IsLiked ? 1L : 0L);
}
