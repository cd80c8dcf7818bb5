using System.Text.RegularExpressions;

namespace Caudata.Tests.Laws;

public sealed class SourcesTests
{
    [Theory]
    [InlineData("a // File.Open\nb", "// File.Open")]
    [InlineData("a /* File\nx */ b", "/* File\nx */")]
    [InlineData("x = \"File.Open \\\" y\"; z", "\"File.Open \\\" y\"")]
    [InlineData("x = @\"c:\\\"; z", "\"c:\\\"")]
    [InlineData("x = \"\"\"\n a \" b\n \"\"\"; z", "\"\"\"\n a \" b\n \"\"\"")]
    [InlineData("x = \"\"; File.Open", "\"\"")]
    [InlineData("c = '\"'; d", "'\"'")]
    [InlineData("c = '\\''; d", "'\\''")]
    public void Comments_and_strings_are_blanked_and_code_is_kept(string text, string blanked) =>
        Assert.Equal(text.Replace(blanked, Regex.Replace(blanked, "[^\n]", " "), StringComparison.Ordinal), Sources.CodeOnly(text));
}
