namespace Assay.Server.Storage.Commits;

/// <summary>An exposure that a commit records.</summary>
internal sealed record NewExposure(UnitWork Unit, int Experiment, ExposureItem Item, long? Hash, long ArrivedAt);

/// <summary>An event that a commit records.</summary>
internal sealed record NewEvent(UnitWork Unit, int Name, int? Scope, EventItem Item, long? Hash, long ArrivedAt);

/// <summary>A covariate's value that a commit records.</summary>
internal sealed record NewCovariate(UnitWork Unit, int Experiment, int Name, double Value);
