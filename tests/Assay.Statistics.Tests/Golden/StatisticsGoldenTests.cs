namespace Assay.Statistics.Tests;

public sealed class StatisticsGoldenTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => GoldenFolder.Cases.Keys.Select(id => new TheoryDataRow<string>(id) { TestDisplayName = id, Label = string.Empty });

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnswersTheCase(string id)
    {
        var given = GoldenFolder.Cases[id];
        Assert.True(GoldenAnswers.ByMethod.TryGetValue(given.Method, out var answer), $"No function answers {given.Method}.");
        given.Compare(answer(given.Input));
    }
}
