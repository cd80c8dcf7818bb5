using Caudata.Corpora.World;

namespace Caudata.Tests.Corpora.World;

public sealed class CorpusWorldOptionsTests
{
    [Fact]
    public void A_specification_is_read()
    {
        CorpusWorldOptions options = CorpusWorldOptions.Parse("world:42, documents=20000, sites = 9, near-duplicates=0.1,exact-duplicates=0,injections=0.5,figures=1,law=3.5");
        Assert.Equal((42UL, 20_000, 9, 0.1, 0.0, 0.5, 1.0, 3.5), (options.Seed, options.Documents, options.Sites, options.NearDuplicates, options.ExactDuplicates, options.Injections, options.Figures, options.Mix["law"]));
        Assert.Equal((7UL, 2000), (CorpusWorldOptions.Parse("world").Seed, CorpusWorldOptions.Parse("world:7").Documents));
    }

    [Theory]
    [InlineData("earth:7", "'earth:7' is no corpus world; expected 'world:SEED' and options, for example 'world:7,documents=20000'.")]
    [InlineData("", "'' is no corpus world; expected 'world:SEED' and options, for example 'world:7,documents=20000'.")]
    [InlineData("world:x,documents=many", "'world:x,documents=many': seed 'x' is not a whole number of 0 or more; documents 'many' is not a whole number.")]
    [InlineData("world:7,documents=0,near-duplicates=0.9", "'world:7,documents=0,near-duplicates=0.9': documents is 0; expected 1 to 100000000; near-duplicates is 0.9; expected 0 to 0.5.")]
    [InlineData("world:7,sites=5,sites=6", "'world:7,sites=5,sites=6': 'sites' is given twice.")]
    [InlineData("world:7,law=-1", "'world:7,law=-1': law '-1' is not a number of 0 or more.")]
    public void Mistakes_are_said_all_at_once(string specification, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => CorpusWorldOptions.Parse(specification)).Message);

    [Fact]
    public void An_unknown_option_names_the_known_ones()
    {
        string message = Assert.Throws<FormatException>(static () => CorpusWorldOptions.Parse("world:7,poems=3")).Message;
        Assert.StartsWith("'world:7,poems=3': unknown option 'poems'; known: documents, sites, ", message, StringComparison.Ordinal);
        Assert.Contains("astronomy", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_without_subjects_is_refused()
    {
        string all = string.Join(',', CorpusWorld.Subjects.Select(static s => s + "=0"));
        Assert.Contains("all subjects have weight 0", Assert.Throws<FormatException>(() => CorpusWorldOptions.Parse("world:1," + all)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(static () => new CorpusWorld(new CorpusWorldOptions { Sites = 0, Figures = 2 }));
    }

    [Fact]
    public void One_site_is_enough()
    {
        var world = new CorpusWorld(CorpusWorldOptions.Parse("world:5,documents=60,sites=1"));
        Assert.Single(world.Documents().Select(static d => d.Source).Distinct());
    }
}
