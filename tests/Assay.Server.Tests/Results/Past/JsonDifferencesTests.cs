using System.Text.Json;
using Assay.Server.Results.Past;

namespace Assay.Server.Tests.Results.Past;

public sealed class JsonDifferencesTests
{
    [Theory]
    [InlineData("""{"sentence":"Ship it."}""", """{"sentence":"Ship b."}""")]
    [InlineData("""{"parameters":{"codes":["silence"],"titles":["No events"]}}""", """{"parameters":{"codes":["silence"],"titles":["Nothing arrives"]}}""")]
    [InlineData("""{"reasons":[{"detail":"a","action":"b"}]}""", """{"reasons":[{"detail":"c","action":"d"}]}""")]
    [InlineData("""{"z":1.5}""", """{"z":1.5,"later":2}""")]
    public void What_is_worded_otherwise_or_came_with_a_later_version_is_no_difference(string recorded, string derived) => Assert.Empty(Pointers(recorded, derived));

    [Theory]
    [InlineData("""{"sentence":"Ship it."}""", """{"sentence":null}""", "/sentence")]
    [InlineData("""{"sentence":"Ship it."}""", """{}""", "/sentence")]
    [InlineData("""{"sentence":null}""", """{"sentence":"Ship it."}""", "/sentence")]
    [InlineData("""{"verdict":"Ship it."}""", """{"verdict":{"status":"ship"}}""", "/verdict")]
    [InlineData("""{"verdict":{"status":"ship"}}""", """{"verdict":{"status":"investigate"}}""", "/verdict/status")]
    [InlineData("""{"titles":["No events"]}""", """{"titles":["No events","Too few"]}""", "/titles")]
    [InlineData("""{"titles":["No events"]}""", """{"titles":[null]}""", "/titles/0")]
    [InlineData("""{"titles":["No events"]}""", """{"titles":"No events"}""", "/titles")]
    [InlineData("""{"titles":["No events"]}""", """{}""", "/titles")]
    [InlineData("""{"codes":["silence"]}""", """{"codes":["few"]}""", "/codes/0")]
    [InlineData("""{"a/b":{"z":1.5}}""", """{"a/b":{"z":1.25}}""", "/a~1b/z")]
    public void What_is_gone_or_says_something_else_is_named(string recorded, string derived, string pointer) => Assert.Equal([pointer], Pointers(recorded, derived));

    private static IEnumerable<string> Pointers(string recorded, string derived) => JsonDifferences.Of("", JsonElement.Parse(recorded), JsonElement.Parse(derived)).Select(difference => difference.Pointer);
}
