using System.Security.Cryptography;
using Caudata.Records;
using Caudata.Tests.Corpora;

namespace Caudata.Tests.Records;

public sealed class SourceFilesTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_globs_and_files_expand_in_ordinal_order_each_file_once()
    {
        foreach (string name in new[] { "b.txt", "B.txt", "a/x.md", "a/deep/y.md", "a/.git/z.md", ".hidden" })
        {
            _folder.Write(name, "text");
        }

        Assert.Equal(["B.txt", "a/deep/y.md", "a/x.md", "b.txt"], Names(_folder.Path));
        Assert.Equal(["B.txt", "b.txt"], Names(_folder.Path + "/*.txt"));
        Assert.Equal(["a/deep/y.md", "a/x.md"], Names(_folder.Path + "/**/*.md"));
        Assert.Equal(["a/x.md"], Names(_folder.Path + "/?/*.md"));
        Assert.Equal(["B.txt", "b.txt"], Names(_folder.Path + "/b.txt", _folder.Path + "/[bB].txt".Replace("[bB]", "?", StringComparison.Ordinal)));
        Assert.Equal(["x.md"], Names(_folder.Path + "/a/x.md"));
    }

    [Fact]
    public void Files_of_the_same_name_are_told_apart()
    {
        _folder.Write("one/a.txt", "1");
        _folder.Write("two/a.txt", "2");
        Assert.Equal([_folder.Path + "/one/a.txt", _folder.Path + "/two/a.txt"], Names(_folder.Path + "/one", _folder.Path + "/two/"));
    }

    [Fact]
    public void What_is_not_there_is_named_all_at_once()
    {
        _folder.Write("a.txt", "1");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        InputException e = Assert.Throws<InputException>(() => Names(_folder.Path + "/none.txt", _folder.Path + "/a.txt", _folder.Path + "/*.csv", _folder.Path + "/empty"));
        Assert.Contains("none.txt' was not found", e.Message, StringComparison.Ordinal);
        Assert.Contains("No file matches", e.Message, StringComparison.Ordinal);
        Assert.Contains("empty' holds no files", e.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SourceFiles.Expand([]));
    }

    [Fact]
    public void Links_are_followed_each_file_once_and_circles_end()
    {
        _folder.Write("store/blobs/1", "one");
        _folder.Write("store/blobs/2", "two");
        _folder.Write("in/plain.txt", "three");
        File.CreateSymbolicLink(_folder.Path + "/in/b.txt", "../store/blobs/1");
        File.CreateSymbolicLink(_folder.Path + "/in/a.txt", _folder.Path + "/in/b.txt");
        Directory.CreateSymbolicLink(_folder.Path + "/in/round", "../in");
        Directory.CreateSymbolicLink(_folder.Path + "/in/store", "../store");
        Assert.Equal(["a.txt", "plain.txt", "store/blobs/2"], Names(_folder.Path + "/in"));
        Assert.Equal(["b.txt"], Names(_folder.Path + "/in/b.txt"));
        Assert.Equal(["a.txt", "plain.txt"], Names(_folder.Path + "/in/*.txt"));
        Assert.Equal(3, SourceFiles.Expand([_folder.Path + "/in/b.txt"])[0].Length);
        Assert.Equal(["in/a.txt", "in/plain.txt", "store/blobs/2"], Names(_folder.Path));
    }

    [Fact]
    public void Links_that_lead_nowhere_are_named()
    {
        _folder.Write("a.txt", "1");
        File.CreateSymbolicLink(_folder.Path + "/gone.txt", "nowhere.txt");
        File.CreateSymbolicLink(_folder.Path + "/self.txt", "self.txt");
        InputException e = Assert.Throws<InputException>(() => Names(_folder.Path));
        Assert.Contains("gone.txt' is a link to '", e.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.txt', which is not there or", e.Message, StringComparison.Ordinal);
        Assert.Contains("self.txt' is a link to '", e.Message, StringComparison.Ordinal);
        Assert.Equal(["a.txt"], Names(_folder.Path + "/a*.txt"));
        Assert.Contains("gone.txt' is a link to '", Assert.Throws<InputException>(() => Names(_folder.Path + "/gone.txt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_is_the_sha_256_of_the_bytes()
    {
        byte[] bytes = new byte[3_000_001];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 31 >> 3);
        }

        _folder.Write("big", bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await SourceFiles.Expand([_folder.Path])[0].HashAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Names(params string[] patterns) => SourceFiles.Expand(patterns).Select(f => f.Name);
}
