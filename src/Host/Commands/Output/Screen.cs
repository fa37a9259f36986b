using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>What a command says: for people on standard output, or JSON there and people on standard error.</summary>
/// <remarks>Where nobody looks, there are no colours, no control characters and no broken lines.</remarks>
internal sealed class Screen
{
    private readonly Lock _lock = new();
    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly TextWriter _people;

    public Screen(Terminal terminal, bool isJson)
    {
        (_out, _error, IsJson) = (terminal.Out, terminal.Error, isJson);
        _people = isJson ? _error : _out;
        Console = ConsoleOn(_people, terminal.Variable("NO_COLOR"));
    }

    /// <summary>Standard output is for programs.</summary>
    public bool IsJson { get; }

    /// <summary>For people, and only where <see cref="IsLive"/>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>What was shown can be changed: a terminal looks at it.</summary>
    public bool IsLive => Console.Profile.Out.IsTerminal && Console.Profile.Capabilities.Ansi;

    public void Say(string line) => Write(_people, PlainText.Of(line));

    public void Complain(string line) => Write(_error, PlainText.Of(line));

    public void Show(Sheet sheet)
    {
        if (IsLive)
        {
            Console.Write(Drawn(sheet));
            return;
        }

        foreach (var line in sheet.Lines())
        {
            Write(_people, line);
        }
    }

    /// <summary>Below what is there already.</summary>
    public void ShowUnlessEmpty(Sheet sheet)
    {
        if (sheet.Rows.Count > 0)
        {
            Say("");
            Show(sheet);
        }
    }

    public static Table Drawn(Sheet sheet)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in sheet.Headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        foreach (var row in sheet.Rows)
        {
            table.AddRow(row.Select(cell => new Text(cell, Palette.Of(cell))));
        }

        return table;
    }

    /// <summary>One line of JSON on standard output.</summary>
    public void Document(JsonElement document) => Document(document, CommandJson.Plain.JsonElement);

    public void Document<T>(T value, JsonTypeInfo<T> type) => Write(_out, JsonSerializer.Serialize(value, type));

    private void Write(TextWriter writer, string line)
    {
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer, string? noColor)
    {
        var output = new AnsiConsoleOutput(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = output.IsTerminal && string.IsNullOrEmpty(noColor)
                ? ColorSystemSupport.Detect
                : ColorSystemSupport.NoColors,
            Interactive = output.IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }
}
