using Assay.Server.Events;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Events;

public sealed class AdmissionTests
{
    [Theory]
    [InlineData("Draft", "not_running")]
    [InlineData("Running", null)]
    [InlineData("Paused", null)]
    [InlineData("Stopped", null)]
    [InlineData("Archived", "not_running")]
    public void The_lifecycle_admits_or_refuses(string status, string? code)
    {
        var experiment = Samples.Stopped with { Status = Enum.Parse<ExperimentStatus>(status) };
        Assert.Equal(code, CodeOf(experiment, Samples.Arrival));
    }

    [Fact]
    public void A_stopped_experiment_closes_when_its_last_window_does()
    {
        var closesAt = Samples.Stopped.ClosesAt!.Value;
        Assert.Null(CodeOf(Samples.Stopped, closesAt.AddTicks(-1)));
        Assert.Equal("closed", CodeOf(Samples.Stopped, closesAt));
    }

    private static string? CodeOf(Experiment experiment, DateTimeOffset now)
    {
        var problem = Admission.Refusal(experiment, now);
        Assert.True(problem is null || problem.StatusCode == 409);
        return (string?)problem?.ProblemDetails.Extensions["code"];
    }
}
