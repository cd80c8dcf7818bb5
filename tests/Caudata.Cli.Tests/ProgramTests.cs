namespace Caudata.Cli.Tests;

public sealed class ProgramTests
{
    [Fact]
    public void Without_arguments_the_program_is_there() => Assert.NotNull(typeof(ProgramTests).Assembly);
}
