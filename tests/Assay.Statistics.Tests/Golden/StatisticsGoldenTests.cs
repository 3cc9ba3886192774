namespace Assay.Statistics.Tests;

public sealed class StatisticsGoldenTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => GoldenFolder.Cases.Keys.Select(id => new TheoryDataRow<string>(id) { TestDisplayName = id, Label = string.Empty });

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnswersTheCase(string id)
    {
        var given = GoldenFolder.Cases[id];
        if (!GoldenAnswers.ByMethod.TryGetValue(given.Method, out var answer)) Assert.Skip($"{given.Method} is not answered yet");
        given.Compare(answer(given.Input));
    }
}
