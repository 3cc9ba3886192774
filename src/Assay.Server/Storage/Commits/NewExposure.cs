namespace Assay.Server.Storage.Commits;

/// <summary>An exposure that a commit records.</summary>
internal readonly record struct NewExposure(UnitWork Unit, int Experiment, ExposureItem Item, long ArrivedAt);

/// <summary>An event that a commit records.</summary>
/// <param name="IsUsed">Whether an opened experiment uses the event.</param>
internal readonly record struct NewEvent(UnitWork Unit, int Name, int? Scope, EventItem Item, long ArrivedAt, bool IsUsed);

/// <summary>A covariate's value that a commit records.</summary>
internal readonly record struct NewCovariate(UnitWork Unit, int Experiment, int Name, double Value);
