using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage;

public sealed class ViewJsonTests
{
    [Fact]
    public void A_view_comes_back_as_it_was() =>
        Assert.All(History.Views, view => Assert.Equal(ViewJson.Write(view), ViewJson.Write(ViewJson.Read(ViewJson.Write(view)))));

    [Fact]
    public void A_view_that_was_stored_before_there_were_ages_has_none_and_is_not_measured_again()
    {
        const string Stored = """{"key":"one","epoch":1,"started_at":0,"arms":2,"plans":[{"metric":"m","event":"m","aggregate":"sum","window":"7.00:00:00","filter":null,"cap":null,"from":"00:00:00"}],"covariates":[],"closes_at":null,"segments":[]}""";
        var view = ViewJson.Read(Stored);
        Assert.Null(Assert.Single(view.Plans).Age);
        Assert.Equal(Stored, ViewJson.Write(view));
    }

    [Fact]
    public void A_view_that_was_stored_before_there_were_segments_has_none_and_is_not_measured_again()
    {
        const string Stored = """{"key":"one","epoch":1,"started_at":0,"arms":2,"plans":[],"covariates":[],"closes_at":null}""";
        var view = ViewJson.Read(Stored);
        Assert.True(view.Segments.IsEmpty);
        Assert.True(Opening.IsDone(new ViewState(1, "one") { Measure = new UnitMeasure(view) }, new ExperimentView("one", 1, 0, 2, [], [])));
    }
}
