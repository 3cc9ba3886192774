using System.Globalization;
using System.Text;
using Assay.Analysis.Wording;
using Assay.Server.Results;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

/// <summary>Sentences of a readout are in the language of the page, and what is not a page has them in English whoever asks.</summary>
public sealed class ReadoutLanguageTests
{
    private readonly LiveReadouts _readouts;

    public ReadoutLanguageTests()
    {
        var store = new FakeEventStore();
        store.Touch(Pictures.Of(200, Pictures.FirstBucket));
        _readouts = new LiveReadouts(store, new FakeTimeProvider(Samples.Arrival));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("en-US")]
    [InlineData("en-GB")]
    public void Readers_of_english_share_the_readout_of_the_api(string language) =>
        Assert.Same(_readouts.Read(Samples.Running, allPairs: false), For(language));

    [Fact]
    public void Another_language_has_a_readout_of_its_own_that_differs_in_its_sentences_alone()
    {
        var (english, pseudo) = (_readouts.Read(Samples.Running, allPairs: false), For(PseudoLocale.Name));
        Assert.Same(pseudo, For(PseudoLocale.Name));
        Assert.StartsWith("⟦", pseudo.Readout.Verdict.Sentence, StringComparison.Ordinal);
        Assert.All(pseudo.Readout.Health.Checks, check => Assert.StartsWith("⟦", check.Title, StringComparison.Ordinal));
        Assert.All(pseudo.Readout.Verdict.Reasons, reason => Assert.StartsWith("⟦", reason.Sentence, StringComparison.Ordinal));
        Assert.StartsWith("⟦", pseudo.Readout.Disclaimer, StringComparison.Ordinal);
        Assert.Equal(english.Readout.Verdict.Status, pseudo.Readout.Verdict.Status);
        Assert.Equal(english.Readout.Comparisons[0].Decision, pseudo.Readout.Comparisons[0].Decision);
    }

    [Fact]
    public void What_the_api_and_the_recorder_draw_is_english_whatever_culture_they_run_under()
    {
        var here = Encoding.UTF8.GetString(_readouts.Read(Samples.Running, allPairs: false).Json);
        var elsewhere = Language.In(CultureInfo.GetCultureInfo(PseudoLocale.MirroredName), () =>
        {
            var due = DueRecords.Of(Samples.Running, _readouts.Of(Samples.Running.Key, allPairs: false).Gather(Samples.Running), Samples.Arrival);
            return (Json: Encoding.UTF8.GetString(_readouts.Read(Samples.Running, allPairs: false).Json), due.Readout);
        });
        Assert.Equal(here, elsewhere.Json);
        Assert.DoesNotContain("⟦", elsewhere.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("⟦", elsewhere.Readout.Verdict.Sentence, StringComparison.Ordinal);
    }

    private ServedReadout For(string language) => Language.In(CultureInfo.GetCultureInfo(language), () => _readouts.ReadForPage(Samples.Running));
}
