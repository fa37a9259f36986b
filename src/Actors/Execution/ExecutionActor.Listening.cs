using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Execution;

/// <content>What the leased connection says: hints about progress, and about when to look.</content>
public sealed partial class ExecutionActor
{
    /// <summary>If the last word after a success is lost, the history is there within this time all the same.</summary>
    private static readonly TimeSpan AfterSuccess = TimeSpan.FromMilliseconds(100);

    /// <summary>Messages kept while the prompt's id is not certain; a run says far fewer before its submission is answered.</summary>
    private const int MaxEarly = 64;

    /// <summary>ComfyUI's own are at most 512 pixels wide and high; a larger one is left out.</summary>
    private const int MaxPreviewBytes = 256 << 10;

    /// <summary>Workers may show one at every step; more than this are nothing to look at.</summary>
    private static readonly TimeSpan BetweenPreviews = TimeSpan.FromMilliseconds(100);

    private readonly Queue<ComfyMessage> _early = new();
    private bool _idIsCertain;
    private DateTimeOffset _previewedAt;
    private ComfyFault? _heardFault;
    private IReadOnlyList<string>? _cached;

    private TimeSpan Limit => _terms.Limit;

    private void Attach(Connections.Leased leased)
    {
        _lease = leased;
        leased.Connection.Tell(new Connections.Attach(Self));
    }

    /// <summary>The handlers of every state in which messages may arrive.</summary>
    private void ListenToConnection()
    {
        Receive<Connections.Heard>(heard =>
        {
            _heardAt = Now;
            if (!_idIsCertain && _submitted && _early.Count < MaxEarly)
            {
                _early.Enqueue(heard.Message);
            }

            Hear(heard.Message);
        });
        // Granted after the submission, it is of no use: the prompt named no client id.
        Receive<Connections.Leased>(_ => Context.Parent.Tell(Connections.Return.Instance));
        Receive<Connections.Restored>(restored => { _online = restored.ClientId == _postedAs; });
        Receive<Connections.Lost>(_ =>
        {
            if (_online)
            {
                _online = false;
                Hint();
            }
        });
    }

    private void Hear(ComfyMessage message)
    {
        switch (message)
        {
            case ComfyMessage.ExecutionStart m when IsOurs(m.PromptId):
                Start();
                break;
            case ComfyMessage.ExecutionCached m when IsOurs(m.PromptId):
                _cached = m.Nodes;
                Advance(_progress.NodesCached(m.Nodes));
                break;
            case ComfyMessage.Executing { NodeId: null } m when IsOurs(m.PromptId):
                Hint();
                break;
            case ComfyMessage.Executing { NodeId: { } node } m when m.PromptId is null ? _started : IsOurs(m.PromptId):
                Start();
                Advance(_progress.NodeStarted(m.DisplayNode ?? node));
                break;
            case ComfyMessage.Executed m when IsOurs(m.PromptId):
                Advance(_progress.NodeFinished(m.DisplayNode));
                break;
            case ComfyMessage.Progress m when m.PromptId is null ? _started : IsOurs(m.PromptId):
                Start();
                Advance(_progress.NodeProgress(m.NodeId, m.Value, m.Max));
                break;
            case ComfyMessage.Preview { Image.Length: <= MaxPreviewBytes } m
                when m.PromptId is null ? _started : IsOurs(m.PromptId):
                Show(m);
                break;
            case ComfyMessage.ExecutionSuccess m when IsOurs(m.PromptId):
                LookIn(AfterSuccess);
                break;
            case ComfyMessage.ExecutionError m when IsOurs(m.PromptId) && m.Fault.Terminal:
                _heardFault = m.Fault;
                LookIn(AfterSuccess);
                break;
            case ComfyMessage.ExecutionInterrupted m when IsOurs(m.PromptId):
                _heardFault = FaultClassifier.Interrupted(m.NodeId, m.NodeType);
                LookIn(AfterSuccess);
                break;
        }
    }

    /// <summary>Worth a look now; or, since a short prompt can end before its submission is answered, once that is.</summary>
    private void Hint()
    {
        _hinted = true;
        if (_following)
        {
            Peek();
        }
    }

    /// <summary>Servers of 2024 and before choose the id themselves: what they said under it meanwhile is heard again.</summary>
    private void Identify(string promptId)
    {
        var early = _early.ToArray();
        var renamed = promptId != _promptId;
        (_promptId, _idIsCertain) = (promptId, true);
        _early.Clear();
        _span.Identified(promptId);
        if (renamed)
        {
            Array.ForEach(early, Hear);
        }
    }

    private bool IsOurs(string? promptId) => promptId == _promptId;

    /// <summary>The deadline counts from here, not from the submission: the prompt may have waited in ComfyUI's queue.</summary>
    private void Start()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        _span.ExecutionBegan();
        Timers.StartSingleTimer(Timer.Deadline, Timer.Deadline, Limit);
        Context.Parent.Tell(new Executions.Started(_run.JobId, _run.Attempt));
    }

    private void Show(ComfyMessage.Preview preview)
    {
        // A clock that was set back delays none.
        if ((Now - _previewedAt).Duration() < BetweenPreviews)
        {
            return;
        }

        _previewedAt = Now;
        Context.System.EventStream.Publish(new LiveEvents.JobPreviewed(
            _run.JobId, _run.Attempt, preview.NodeId, preview.MediaType, preview.Image, Now));
    }

    private void Advance(bool visibly)
    {
        if (visibly)
        {
            Context.Parent.Tell(new Executions.Progressed(_run.JobId, _run.Attempt, _progress.Current));
        }
    }
}
