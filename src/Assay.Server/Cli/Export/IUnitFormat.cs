using System.Text;

namespace Assay.Server.Cli.Export;

/// <summary>How exported units are written.</summary>
internal interface IUnitFormat
{
    void AppendHead(StringBuilder text);

    void Append(StringBuilder text, in ExportedUnit unit);
}
