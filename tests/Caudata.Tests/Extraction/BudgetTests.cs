using Caudata.Extraction;

namespace Caudata.Tests.Extraction;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("10%", 0.1, BudgetUnit.Share)]
    [InlineData(" 100 % ", 1, BudgetUnit.Share)]
    [InlineData("1200documents", 1200, BudgetUnit.Documents)]
    [InlineData("1200", 1200, BudgetUnit.Documents)]
    [InlineData("1.5k Calls", 1500, BudgetUnit.Documents)]
    [InlineData("2.5Mtokens", 2_500_000, BudgetUnit.Tokens)]
    [InlineData("3.50usd", 3.5, BudgetUnit.Money)]
    [InlineData("30 minutes", 30, BudgetUnit.Minutes)]
    public void Reads(string text, double amount, BudgetUnit unit)
    {
        Budget budget = Budget.Parse(text);
        Assert.Equal(unit, budget.Unit);
        Assert.Equal(amount, budget.Amount, 12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("0%")]
    [InlineData("100.1%")]
    [InlineData("-3%")]
    [InlineData("-5documents")]
    [InlineData("1.5documents")]
    [InlineData("0.5tokens")]
    [InlineData("NaN%")]
    [InlineData("1e999usd")]
    [InlineData("10K%")]
    [InlineData("ten documents")]
    [InlineData("5,000")]
    public void RefusesWithAWordOnWhatIsExpected(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Budget.Parse(text));
        Assert.Equal($"'{text}' is no budget; expected a share of the corpus's tokens such as 10% (above 0, at most 100), or an amount such as 1200documents, 2.5Mtokens, 3.50usd or 30minutes.", error.Message);
    }

    [Theory]
    [InlineData("7%")]
    [InlineData("29%")]
    [InlineData("0.05%")]
    [InlineData("1e-14%")]
    [InlineData("33.3333333%")]
    [InlineData("12345documents")]
    [InlineData("2.5Mtokens")]
    [InlineData("0.000001usd")]
    [InlineData("0.1minutes")]
    public void WhatIsWrittenIsReadBack(string text)
    {
        Budget budget = Budget.Parse(text);
        Budget again = Budget.Parse(budget.ToString());
        Assert.Equal(budget.Unit, again.Unit);
        Assert.Equal(budget.Amount, again.Amount, budget.Amount * 1e-12);
    }

    [Fact]
    public void LimitsAreRoundedDown()
    {
        Assert.Equal(99, new Budget(0.1, BudgetUnit.Share).TokenLimit(999, 1));
        Assert.Equal(999, new Budget(1, BudgetUnit.Share).TokenLimit(999, 1));
        Assert.Equal(1_333_333, new Budget(0.2, BudgetUnit.Money).TokenLimit(5, 0.15));
        Assert.Equal(long.MaxValue, new Budget(5, BudgetUnit.Documents).TokenLimit(999, 1));
        Assert.Equal(5, new Budget(5, BudgetUnit.Documents).DocumentLimit);
        Assert.Equal(int.MaxValue, new Budget(1e12, BudgetUnit.Documents).DocumentLimit);
        Assert.Equal(int.MaxValue, new Budget(0.1, BudgetUnit.Share).DocumentLimit);
        Assert.True(new Budget(1e30, BudgetUnit.Tokens).TokenLimit(5, 1) > long.MaxValue / 4);
    }

    [Fact]
    public void TheOptionsNameEveryMistakeAtOnce()
    {
        var options = new ExtractionOptions
        {
            Corpus = ["world:7"],
            Target = " ",
            Where = "x = 1",
            HeldoutWhere = "y = 2",
            Policy = "best",
            Format = "xml",
            Threads = 0,
            AuditShare = double.NaN,
            PricePerMillionTokens = 0,
            Budget = default,
        };
        string all = string.Join('\n', options.Validate());
        foreach (string part in (string[])["--where is 'x = 1'", "--heldout-where is 'y = 2'", "No target", "--policy is 'best'", "--format is 'xml'", "--threads is 0", "--audit-share is NaN", "--price is 0", "--budget is 0%"])
        {
            Assert.Contains(part, all, StringComparison.Ordinal);
        }

        Assert.Empty((options with { Target = "t", Where = null, HeldoutWhere = null, Policy = "all", Format = "pairs", Threads = 1, AuditShare = 0, PricePerMillionTokens = 1, Budget = new Budget(1, BudgetUnit.Share) }).Validate());
        Assert.NotEmpty((options with { Corpus = [], RelevantLabels = ["a"] }).Validate()); // and no crash
    }
}
