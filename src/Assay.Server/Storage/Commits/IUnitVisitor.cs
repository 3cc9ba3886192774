namespace Assay.Server.Storage.Commits;

/// <summary>Is shown every unit of an experiment, one after the other.</summary>
internal interface IUnitVisitor
{
    /// <param name="unit">The same object every time, with another unit's rows.</param>
    void Visit(ScannedUnit unit);
}
