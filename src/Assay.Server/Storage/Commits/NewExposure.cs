namespace Assay.Server.Storage.Commits;

/// <summary>An exposure that a commit records.</summary>
internal sealed record NewExposure(UnitWork Unit, int Experiment, ExposureItem Item, long ArrivedAt);

/// <summary>An event that a commit records.</summary>
/// <param name="IsUsed">Whether an opened experiment uses the event.</param>
internal sealed record NewEvent(UnitWork Unit, int Name, int? Scope, EventItem Item, Guid? Id, long ArrivedAt, bool IsUsed);

/// <summary>A covariate's value that a commit records.</summary>
internal sealed record NewCovariate(UnitWork Unit, int Experiment, int Name, double Value);
