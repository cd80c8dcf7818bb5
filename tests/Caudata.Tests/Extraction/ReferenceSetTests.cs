using Caudata.Extraction;
using Caudata.Records;
using Caudata.Tests.Records;

namespace Caudata.Tests.Extraction;

public sealed class ReferenceSetTests
{
    [Fact]
    public async Task ReadsPairsInTheOrderOfTheFile()
    {
        using var place = new RunPlace();
        File.WriteAllText(place["pairs.jsonl"], """
            {"id":"b","question":"One?","answer":"1","split":"train"}
            {"id":"a","question":"Two?","answer":"2","split":"test"}
            {"id":"c","question":"Three?","answer":"3","split":"train"}
            """);
        (var pairs, var rejections) = await ReferenceSet.ReadAsync(place["pairs.jsonl"], "split='train'", TestContext.Current.CancellationToken);
        Assert.Equal(["One?", "Three?"], pairs.Select(pair => pair.Question));
        Assert.Equal(["1", "3"], pairs.Select(pair => pair.Answer));
        Assert.Empty(rejections);
    }

    [Fact]
    public async Task AMissingColumnIsNamed()
    {
        using var place = new RunPlace();
        File.WriteAllText(place["pairs.jsonl"], """{"prompt":"One?","answer":"1"}""" + "\n");
        InputException error = await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync(place["pairs.jsonl"], null, TestContext.Current.CancellationToken));
        Assert.Contains("question", error.Message, StringComparison.Ordinal);
        Assert.Contains("prompt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsOfOtherNamesAreReadAndMessagesCallThemQuestionAndAnswer()
    {
        using var place = new RunPlace();
        File.WriteAllText(place["pairs.jsonl"], """{"prompt":"One?","response":"1"}""" + "\n");
        (var pairs, _) = await ReferenceSet.ReadAsync(place["pairs.jsonl"], null, "prompt", "response", TestContext.Current.CancellationToken);
        Assert.Equal([("One?", "1")], pairs.Select(pair => (pair.Question, pair.Answer)));
        InputException error = await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync(place["pairs.jsonl"], null, "prompt", "answer", TestContext.Current.CancellationToken));
        Assert.Equal("pairs.jsonl has no column 'answer'; its columns: prompt, response. Name the right one as the answer column (--answer-column, ExtractionOptions.AnswerColumn).", error.Message);
    }

    [Fact]
    public async Task IdentifiersThatAreMissingOrTwiceLoseNoPair()
    {
        using var place = new RunPlace();
        File.WriteAllText(place["pairs.jsonl"], """
            {"id":"a","question":"One?","answer":"1"}
            {"id":"a","question":"Two?","answer":"2"}
            {"question":"Three?","answer":"3"}
            {broken
            """);
        (var pairs, var rejections) = await ReferenceSet.ReadAsync(place["pairs.jsonl"], null, TestContext.Current.CancellationToken);
        Assert.Equal(["One?", "Two?", "Three?"], pairs.Select(pair => pair.Question));
        Assert.Equal("malformed-row", Assert.Single(rejections).Reason);
    }

    [Fact]
    public async Task AConditionThatNothingMeetsSaysSo()
    {
        using var place = new RunPlace();
        File.WriteAllText(place["pairs.jsonl"], """{"question":"One?","answer":"1","split":"train"}""" + "\n");
        InputException error = await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync(place["pairs.jsonl"], "split='x'", TestContext.Current.CancellationToken));
        Assert.Equal($"'{place["pairs.jsonl"]}' with the condition \"split='x'\" holds no question-answer pair; expected rows with the columns question and answer.", error.Message);
    }

    [Theory]
    [InlineData("world:7")]
    [InlineData("world:7/poetry")]
    [InlineData("world:7/word-problems/train")]
    [InlineData("world:7/word-problems/test/x")]
    public async Task AWorldTargetThatIsNotUnderstoodNamesThemAll(string source)
    {
        InputException error = await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync(source, null, TestContext.Current.CancellationToken));
        Assert.Equal($"Target '{source}' is not understood; expected world:SEED/TARGET or world:SEED/TARGET/test with TARGET one of {string.Join(", ", Caudata.Corpora.World.CorpusWorld.Targets)}.", error.Message);
    }

    [Fact]
    public async Task AWorldTakesNoCondition()
    {
        InputException error = await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync("world:7/programming", "a=1", TestContext.Current.CancellationToken));
        Assert.Equal("'world:7/programming' takes no SQL condition, got \"a=1\". Leave it out, or give a file.", error.Message);
        await Assert.ThrowsAsync<InputException>(() => ReferenceSet.ReadAsync("world:x/programming", null, TestContext.Current.CancellationToken));
        Assert.NotEmpty((await ReferenceSet.ReadAsync("world:7/programming/test", null, TestContext.Current.CancellationToken)).Pairs);
    }
}
