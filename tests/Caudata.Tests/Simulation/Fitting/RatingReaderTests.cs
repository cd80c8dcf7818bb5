using System.IO.Compression;
using System.Text;
using Caudata.Records;
using Caudata.Simulation.Fitting;

namespace Caudata.Tests.Simulation.Fitting;

/// <summary>Tables of ratings as they come: nothing vanishes, and everything bad is told.</summary>
public sealed class RatingReaderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-ratings-");

    public void Dispose() => _root.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_root.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string[] Shown(RatingTable table) => [.. Enumerable.Range(0, table.Count).Select(n => FormattableString.Invariant($"{table.Users[table.UserOf[n]]}/{table.Items[table.ItemOf[n]]}={table.Values[n]}"))];

    [Theory]
    [InlineData("a.csv", "user_id,movie_id,rating\n007,0002,3.5\nü,\"a,b\",4\n")]
    [InlineData("a.tsv", "userId\titemId\tscore\n007\t0002\t3.5\nü\ta,b\t4\n")]
    [InlineData("a.jsonl", "{\"user\":\"007\",\"item\":\"0002\",\"rating\":3.5}\n{\"user\":\"ü\",\"item\":\"a,b\",\"rating\":4}\n")]
    public void Forms_and_names_are_recognised(string name, string text)
    {
        ReadRatings read = RatingReader.Read(Write(name, text), new RatingColumns());
        Assert.Equal(["007/0002=3.5", "ü/a,b=4"], Shown(read.Table));
        Assert.Equal(2, read.Rows);
        Assert.Empty(read.Rejected);
    }

    [Fact]
    public async Task Gzip_and_parquet_are_read_and_large_numbers_keep_their_digits()
    {
        string gz = Path.Combine(_root.FullName, "r.csv.gz");
        using (GZipStream stream = new(File.Create(gz), CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes("user,item,rating\n1000000000,9007199254740993,1\n999999999,9007199254740992,2\n"));
        }

        Assert.Equal(["999999999/9007199254740992=2", "1000000000/9007199254740993=1"], Shown(RatingReader.Read(gz, new RatingColumns()).Table));
        string parquet = Path.Combine(_root.FullName, "r.parquet");
        await TableFile.WriteParquetAsync(parquet, [new("user", ColumnKind.Integer), new("item", ColumnKind.Text), new("rating", ColumnKind.Number)], [[1_000_000_000L, "x", 2.5], [2L, "y", double.NaN], [3L, "z", null]]);
        ReadRatings read = RatingReader.Read(parquet, new RatingColumns());
        Assert.Equal(["1000000000/x=2.5"], Shown(read.Table));
        Assert.Equal(["not-a-number", "no-rating"], read.Rejected.Select(r => r.Reason));
    }

    [Fact]
    public void Every_bad_row_is_dropped_with_its_reason()
    {
        ReadRatings read = RatingReader.Read(Write("r.csv", "user,item,rating,timestamp\na,x,1,10\n,x,1,10\na,,1,10\na,y,,10\na,y,many,10\na,y,NaN,10\na,y,1e999,10\na,x,2,9\na,x,3,11\nb,x,4\n"), new RatingColumns());
        Assert.Equal(["a/x=3"], Shown(read.Table));
        Assert.Equal(10, read.Rows);
        Assert.Equal(9, read.Rejected.Length);
        Assert.Equal(["duplicate", "duplicate", "missing-columns", "no-item", "no-rating", "no-user", "not-a-number", "not-a-number", "not-a-number"], read.Rejected.Select(r => r.Reason).Order());
        Assert.Contains("line 11", read.Rejected.Single(r => r.Reason == "missing-columns").Where, StringComparison.Ordinal);
        Assert.EndsWith("row 8", read.Rejected.First(r => r.Reason == "duplicate").Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_hold_no_ratings_are_refused_with_a_remedy()
    {
        Assert.Contains("is empty", Assert.Throws<InputException>(() => RatingReader.Read(Write("e.csv", ""), new RatingColumns())).Message, StringComparison.Ordinal);
        Assert.Contains("has no usable row", Assert.Throws<InputException>(() => RatingReader.Read(Write("h.csv", "user,item,rating\n"), new RatingColumns())).Message, StringComparison.Ordinal);
        string message = Assert.Throws<InputException>(() => RatingReader.Read(Write("c.csv", "who,what,stars\n1,2,3\n"), new RatingColumns(Item: "wat"))).Message;
        Assert.Contains("no column of users is known by its name; found who, what, stars. Name it with --user-column.", message, StringComparison.Ordinal);
        Assert.Contains("no column of items is called 'wat'", message, StringComparison.Ordinal);
        Assert.Contains("is not there", Assert.Throws<InputException>(() => RatingReader.Read("nowhere.csv", new RatingColumns())).Message, StringComparison.Ordinal);
        Assert.Equal(["1/2=3"], Shown(RatingReader.Read(Write("d.csv", "who,what,stars\n1,2,3\n"), new RatingColumns("who", "what")).Table));
    }

    [Fact]
    public void Tags_of_unknown_items_and_bad_counts_are_dropped_with_their_reason()
    {
        RatingTable table = RatingTable.Of(["u"], ["1", "2"], [(0, 0, 1), (0, 1, 2)]);
        ItemTags tags = RatingReader.ReadTags(Write("t.csv", "book_id,tag_id,count\n1,7,5\n1,8,9\n2,7,1\n3,7,1\n2,8,-1\n2,,1\n"), table);
        Assert.Equal(["8", "7"], tags.Tags);
        Assert.Equal([0, 1], tags.OfItem[0]);
        Assert.Equal([1], tags.OfItem[1]);
        Assert.Equal(["no-tag", "not-a-count", "unknown-item"], tags.Rejected.Select(r => r.Reason).Order());
        Assert.Equal(0.25, RejectionTable.Loss("t", [.. tags.Rejected.Where(r => r.Reason != "no-tag")], 4, 0.01).Share);
    }
}
