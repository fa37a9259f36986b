using System.CommandLine;
using System.Globalization;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>Which jobs to list, as options of a command.</summary>
internal sealed class JobFilters
{
    private const int DefaultLimit = 20;

    private readonly Option<string?> _status =
        new("--status") { Description = "Only those that are so", HelpName = "status" };

    private readonly Option<string?> _workflow =
        new("--workflow") { Description = "Only those of this workflow", HelpName = "name" };

    private readonly Option<string?> _instance =
        new("--instance") { Description = "Only those on this instance", HelpName = "id" };

    private readonly IntegerOption _limit = new("--limit", 1, 500, $"At most so many; default {DefaultLimit}");

    public JobFilters() =>
        _status.AcceptOnlyFromAmong("pending", "processing", "completed", "failed", "cancelled");

    public IEnumerable<Option> Options => [_status, _workflow, _instance, _limit];

    public string QueryIn(ParseResult parsed)
    {
        (string Name, string? Value)[] given =
        [
            ("status", parsed.GetValue(_status)), ("type", parsed.GetValue(_workflow)),
            ("instance", parsed.GetValue(_instance)),
            ("limit", (parsed.GetValue(_limit) ?? DefaultLimit).ToString(CultureInfo.InvariantCulture)),
        ];
        return string.Join('&', given.Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={ServiceClient.Escaped(part.Value!)}"));
    }
}
